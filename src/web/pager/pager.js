// The pager in the browser: listens, beats, and says loudly when it cannot be paged.

const BEAT_MS = 10_000;
/** The server says something every 10 s. After this silence the connection is taken for dead. */
const SILENCE_MS = 25_000;
const RECONNECT_MS = 2_000;
/** A connection that comes back by itself within this time wakes nobody. */
const LOST_MS = 5_000;
const TROUBLE_EVERY_MS = 3_000;

const main = document.querySelector('main');
const csrf = document.querySelector('meta[name=csrf]').content;
const ends = document.getElementById('ends');

let pagerId;
let source;
let lastHeard = 0;
/** Since when it cannot be paged here; undefined while it can. */
let troubleSince;
let nextTrouble = 0;

document.getElementById('start').addEventListener('click', start);
document.getElementById('sound').addEventListener('click', unlockSound);
document.getElementById('know').addEventListener('click', () => {
  main.dataset.trouble = 'known';
  navigator.vibrate?.(0);
});
window.addEventListener('offline', () => {
  if (main.dataset.state === 'connected') become('lost');
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
  become('lost');
  await unlockSound();
  void stayAwake();
  connect();
  setInterval(watch, 1_000);
  setInterval(beat, BEAT_MS);
}

/** Each new trouble is loud again, whatever was known of an earlier one. */
function become(state) {
  if (main.dataset.state === state) return;
  main.dataset.state = state;
  delete main.dataset.trouble;
  troubleSince = state === 'connected' ? undefined : performance.now();
  nextTrouble = 0;
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
  hear('hello', ({ pager }) => {
    pagerId = pager;
    become('connected');
    void beat();
    void dropOutdated();
  });
  hear('page', showPage);
  hear('fold', showFold);
  hear('quiet', quiet);
  hear('ends', warnOfEnd);
  hear('end', signedOut);
  hear('tick', () => undefined);
  source.addEventListener('error', lost);
}

function hear(type, work) {
  source.addEventListener(type, ({ data }) => {
    heard();
    work(JSON.parse(data));
  });
}

function heard() {
  lastHeard = performance.now();
}

function lost() {
  if (main.dataset.state === 'signed-out') return;
  become('lost');
  // A refused connection is not tried again by the browser itself.
  if (source.readyState === EventSource.CLOSED) setTimeout(connectIfLost, RECONNECT_MS);
}

function connectIfLost() {
  if (main.dataset.state === 'lost' && source.readyState === EventSource.CLOSED) connect();
}

function watch() {
  // A connection that died without a word looks open for minutes.
  if (main.dataset.state !== 'signed-out' && performance.now() - lastHeard > SILENCE_MS) {
    become('lost');
    connect();
  }
  alarm();
}

/** Sounds while it cannot be paged here, until it can or the officer knows. */
function alarm() {
  const now = performance.now();
  if (troubleSince === undefined || main.dataset.trouble === 'known' || now < nextTrouble) return;
  if (main.dataset.state === 'lost' && now - troubleSince < LOST_MS) return;
  main.dataset.trouble = 'loud';
  nextTrouble = now + TROUBLE_EVERY_MS;
  soundTrouble();
}

/** Said once aloud; it stays in sight. */
function warnOfEnd({ line }) {
  if (ends.hidden) soundTrouble();
  ends.hidden = false;
  document.getElementById('ends-when').textContent = line;
}

function signedOut() {
  ends.hidden = true;
  source?.close();
  become('signed-out');
  alarm();
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
    // 403: this window is of an earlier session than the browser's, and nothing that it says counts any more.
    if (answer.status === 401 || answer.status === 403) signedOut();
    return answer;
  } catch {
    return undefined;
  }
}
