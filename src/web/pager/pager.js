// The pager in the browser: listens, rings, confirms, beats, answers. Texts come finished from the server.

const BEAT_MS = 10_000;
/** The server says something every 10 s. After this silence the connection is taken for dead. */
const SILENCE_MS = 25_000;
const RECONNECT_MS = 2_000;
const LOG_LINES = 20;

/** How each urgency sounds: tones in Hz, one after the other, then so long a pause. `times` ends a ringing by itself. */
const SOUNDS = {
  emergency: { tones: [960, 770, 960, 770], pauseMs: 400 },
  urgent: { tones: [880, 660], pauseMs: 1800 },
  test: { tones: [660, 880], pauseMs: 1800 },
  routine: { tones: [660], pauseMs: 3000, times: 3 },
};
const TONE_MS = 250;

const main = document.querySelector('main');
const csrf = document.querySelector('meta[name=csrf]').content;
const list = document.getElementById('pages');
const log = document.getElementById('log');
/** What is shown, by short id. */
const shown = new Map();
/** What this pager has answered and not heard back of, and what it was told of it meanwhile. */
const answering = new Map();

let audio;
let pagerId;
let source;
let lastHeard = 0;
let ringing;

document.getElementById('start').addEventListener('click', start);
document.getElementById('sound').addEventListener('click', unlockSound);
window.addEventListener('offline', () => {
  if (main.dataset.state === 'connected') main.dataset.state = 'lost';
});
window.addEventListener('online', () => {
  if (main.dataset.state === 'lost') connect();
});
document.addEventListener('visibilitychange', () => {
  if (main.dataset.state === 'off') return;
  void beat();
  if (!document.hidden) {
    void stayAwake();
    confirmShown();
  }
});

async function start() {
  main.dataset.state = 'lost';
  await unlockSound();
  void stayAwake();
  connect();
  setInterval(watch, 1_000);
  setInterval(beat, BEAT_MS);
}

/** A browser lets a page make sound only after a gesture, and some not even then: it is said plainly. */
async function unlockSound() {
  const Audio = window.AudioContext ?? window.webkitAudioContext;
  if (Audio !== undefined) {
    audio ??= new Audio();
    audio.onstatechange = showSound;
    // A browser that blocks sound may never answer.
    await Promise.race([audio.resume().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    if (canSound()) tone(audio.currentTime, 660);
  }
  navigator.vibrate?.(100);
  showSound();
}

function canSound() {
  return audio?.state === 'running';
}

function showSound() {
  main.dataset.sound = canSound() ? 'on' : 'blocked';
}

async function stayAwake() {
  try {
    const lock = await navigator.wakeLock.request('screen');
    main.dataset.awake = 'yes';
    lock.addEventListener('release', () => delete main.dataset.awake);
  } catch {
    // No wake lock here (an old browser, or no TLS): the page says that the screen may go dark.
    delete main.dataset.awake;
  }
}

function connect() {
  source?.close();
  heard();
  source = new EventSource('/pager/events');
  source.addEventListener('hello', ({ data }) => {
    pagerId = JSON.parse(data).pager;
    main.dataset.state = 'connected';
    void beat();
  });
  source.addEventListener('page', ({ data }) => page(JSON.parse(data)));
  source.addEventListener('quiet', ({ data }) => quiet(JSON.parse(data)));
  source.addEventListener('tick', heard);
  source.addEventListener('error', lost);
}

function heard() {
  lastHeard = performance.now();
}

function lost() {
  if (main.dataset.state === 'signed-out') return;
  main.dataset.state = 'lost';
  // A refused connection is not tried again by the browser itself.
  if (source.readyState === EventSource.CLOSED) setTimeout(connectIfLost, RECONNECT_MS);
}

function connectIfLost() {
  if (main.dataset.state === 'lost' && source.readyState === EventSource.CLOSED) connect();
}

/** A connection that died without a word looks open for minutes. */
function watch() {
  if (main.dataset.state !== 'signed-out' && performance.now() - lastHeard > SILENCE_MS) {
    main.dataset.state = 'lost';
    connect();
  }
}

async function beat() {
  if (pagerId === undefined || main.dataset.state === 'signed-out') return;
  const answer = await post('/pager/beat', { pager: pagerId, visible: !document.hidden, sound: canSound() });
  if (answer?.status === 410) connect();
  if (answer?.status !== 204) return;
  const at = document.getElementById('beat');
  at.dateTime = new Date().toISOString();
  at.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hourCycle: 'h23' });
}

async function post(path, fields) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'x-csrf-token': csrf },
      body: new URLSearchParams(fields),
    });
    if (answer.status === 401) signedOut();
    return answer;
  } catch {
    return undefined;
  }
}

function signedOut() {
  main.dataset.state = 'signed-out';
  source?.close();
}

/** A page that is repeated with the same id is confirmed again and does not ring as a new one. */
function page(what) {
  heard();
  const known = shown.get(what.shortId);
  const isNew = known?.id !== what.id;
  const element = known?.element ?? newElement(what.shortId);
  shown.set(what.shortId, { ...what, element });
  element.dataset.urgency = what.urgency;
  element.querySelector('.urgency').textContent = what.title;
  element.querySelector('.short-id').textContent = what.shortId;
  element.querySelector('time').textContent = what.time;
  element.querySelector('.count').textContent = what.count;
  element.querySelector('.why').textContent = what.why;
  if (isNew) ring();
  confirm(what.id);
}

function newElement(shortId) {
  const element = document.getElementById('page').content.firstElementChild.cloneNode(true);
  element.querySelector('.ack').addEventListener('click', () => answer(element, shortId, '/pager/ack'));
  element.querySelector('.pass').addEventListener('click', () => answer(element, shortId, '/pager/pass'));
  element.querySelector('.open').href = `/s/${encodeURIComponent(shortId)}`;
  list.prepend(element);
  return element;
}

/** Only what can be noticed is confirmed: the page is seen, or heard. */
function confirm(id) {
  if (!document.hidden || canSound()) void post('/pager/confirm', { id });
}

function confirmShown() {
  for (const { id } of shown.values()) confirm(id);
}

async function answer(element, shortId, path) {
  const problem = element.querySelector('.problem');
  problem.hidden = true;
  for (const button of element.querySelectorAll('button')) button.disabled = true;
  answering.set(shortId, undefined);
  const response = await post(path, { shortId });
  const told = response?.ok ? await response.json().catch(() => undefined) : undefined;
  const meanwhile = answering.get(shortId);
  answering.delete(shortId);
  for (const button of element.querySelectorAll('button')) button.disabled = false;
  if (told === undefined) {
    problem.hidden = false;
    if (meanwhile !== undefined) quiet(meanwhile);
    return;
  }
  const { settled, lines } = told;
  for (const line of lines) note(line);
  if (settled) remove(shortId);
}

/** What an answer of our own did is told by the answer itself. */
function quiet(what) {
  heard();
  if (answering.has(what.shortId)) answering.set(what.shortId, what);
  if (answering.has(what.shortId) || !shown.has(what.shortId)) return;
  note(what.line);
  remove(what.shortId);
}

function remove(shortId) {
  shown.get(shortId)?.element.remove();
  shown.delete(shortId);
  if (shown.size === 0) stopRinging();
  else ring();
}

function note(line) {
  const item = document.createElement('li');
  item.textContent = line;
  log.prepend(item);
  while (log.children.length > LOG_LINES) log.lastElementChild.remove();
}

/** Rings as the most urgent page that is shown asks for, until it is answered. */
function ring() {
  stopRinging();
  const urgency = Object.keys(SOUNDS).find((one) => [...shown.values()].some((each) => each.urgency === one));
  const { tones, pauseMs, times = Number.POSITIVE_INFINITY } = SOUNDS[urgency] ?? SOUNDS.urgent;
  let rung = 0;
  const once = () => {
    rung += 1;
    if (canSound())
      for (const [index, hertz] of tones.entries()) tone(audio.currentTime + (index * TONE_MS) / 1_000, hertz);
    navigator.vibrate?.(tones.flatMap(() => [TONE_MS - 50, 50]));
    if (rung < times) ringing = setTimeout(once, tones.length * TONE_MS + pauseMs);
  };
  once();
}

function stopRinging() {
  clearTimeout(ringing);
  navigator.vibrate?.(0);
}

function tone(at, hertz) {
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = 'square';
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0.4, at);
  volume.gain.setValueAtTime(0, at + TONE_MS / 1_000 - 0.02);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + TONE_MS / 1_000);
}
