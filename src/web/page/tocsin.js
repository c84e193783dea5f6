// Keeps times running, announces what is new, and says when the connection is lost. Everything else is the server's work.

/** The server says something every 15 s. */
const SILENCE_MS = 40_000;
const RETRY_MS = 3_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const { units, left, over, ago } = document.body.dataset;
const [day, hour, minute, second] = units.split(' ');
const announcer = document.getElementById('announcer');
const lost = document.querySelector('.lost');
const live = document.getElementById('live');

/** How far the server's clock is ahead of this machine's. */
let ahead = 0;
let lastHeard = performance.now();
let known = rows();

readClock();
showTimes();
setInterval(showTimes, 1_000);
setInterval(() => {
  if (performance.now() - lastHeard > SILENCE_MS) isLost();
}, 5_000);

document.addEventListener('htmx:after:swap', () => {
  readClock();
  showTimes();
  announce();
});
for (const event of ['beat', 'changed', 'htmx:sse:after:connection']) live.addEventListener(event, heard);
live.addEventListener('beat', ({ detail }) => answerBeat(detail.data));
live.addEventListener('htmx:sse:error', isLost);
// A stream that never began is not begun again by the extension.
for (const event of ['htmx:error', 'htmx:response:error']) live.addEventListener(event, beginAgain);
window.addEventListener('offline', isLost);

function heard() {
  lastHeard = performance.now();
  lost.hidden = true;
}

/** Somebody may be looking: a board that sleeps is not one where a notice is read. */
function answerBeat(window) {
  const csrf = document.querySelector('input[name=csrf]')?.value ?? '';
  const body = new URLSearchParams({ window });
  fetch('/events/beat', { method: 'POST', headers: { 'x-csrf-token': csrf }, body }).catch(isLost);
}

function isLost() {
  lost.hidden = false;
}

function beginAgain() {
  isLost();
  setTimeout(() => window.htmx.process(live, true), RETRY_MS);
}

function readClock() {
  const now = document.querySelector('[data-now]')?.dataset.now;
  if (now !== undefined) ahead = Number(now) - Date.now();
}

function showTimes() {
  const now = Date.now() + ahead;
  for (const element of document.querySelectorAll('[data-due]')) {
    const rest = Number(element.dataset.due) - now;
    element.toggleAttribute('data-over', rest < 0);
    put(element, (rest < 0 ? over : left).replace('{}', span(Math.abs(rest))));
  }
  for (const element of document.querySelectorAll('[data-since]')) {
    put(element, ago.replace('{}', span(Math.max(0, now - Number(element.dataset.since)))));
  }
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Two units at most: nobody counts seconds of hours. */
function span(ms) {
  if (ms >= DAY) return `${Math.floor(ms / DAY)} ${day} ${Math.floor((ms % DAY) / HOUR)} ${hour}`;
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)} ${hour} ${Math.floor((ms % HOUR) / MINUTE)} ${minute}`;
  if (ms >= 2 * MINUTE) return `${Math.floor(ms / MINUTE)} ${minute}`;
  return `${Math.floor(ms / 1_000)} ${second}`;
}

function rows() {
  return new Set([...document.querySelectorAll('[data-announce]')].map(({ id }) => id));
}

/** What is new on the board is said without moving the focus. */
function announce() {
  const fresh = [...document.querySelectorAll('[data-announce]')].filter(({ id }) => !known.has(id));
  known = rows();
  if (fresh.length > 0) announcer.textContent = fresh.map(({ dataset }) => dataset.announce).join('. ');
}
