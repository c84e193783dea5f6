// The cards of the pager: what is shown, in which order, and what is answered. Texts come finished from the server.
// biome-ignore-all lint/correctness/noUnusedVariables: one script with pager.js, in which they are used

const LOG_LINES = 20;
/** After a card came in above another one: what is tapped then was meant for what stood there before. */
const JUMP_MS = 600;

const list = document.getElementById('pages');
const log = document.getElementById('log');
/** What rings, by short id, in the order in which it came. */
const shown = new Map();
/** What this pager has answered and not heard back of, and what it was told of it meanwhile. */
const answering = new Map();

/** Pages that are one card, as the server said last; and that card. */
let fold = { pages: [] };
let foldElement;
let jumpedAt = Number.NEGATIVE_INFINITY;

list.addEventListener(
  'click',
  (event) => {
    if (performance.now() - jumpedAt > JUMP_MS) return;
    event.stopPropagation();
    event.preventDefault();
  },
  true,
);

/** A page that is repeated with the same id is confirmed again and does not ring as a new one. */
function showPage(what) {
  const known = shown.get(what.shortId);
  const isNew = known?.id !== what.id;
  const element = known?.element ?? newElement(() => [what.shortId], `/s/${encodeURIComponent(what.shortId)}`);
  shown.set(what.shortId, { ...what, element, since: known?.since ?? what.at });
  fill(element, { ...what, name: what.shortId });
  const jumps = arrange();
  if (isNew) {
    ringOn();
    if (jumps || what.urgency === 'emergency') show(element, what.urgency);
  }
  confirmPage(what.id);
}

/** A new emergency is seen wherever the page was scrolled to. */
function show(element, urgency) {
  if (shown.size > 1) jumpedAt = performance.now();
  if (urgency !== 'emergency') return;
  element.style.scrollMarginTop = `${document.getElementById('status').offsetHeight + 8}px`;
  element.scrollIntoView({ block: 'start' });
}

function showFold(what) {
  fold = what;
  arrange();
}

function fill(element, { urgency, title, name, time, count, why }) {
  element.dataset.urgency = urgency;
  element.querySelector('.urgency').textContent = title;
  element.querySelector('.short-id').textContent = name;
  element.querySelector('time').textContent = time;
  element.querySelector('.count').textContent = count;
  element.querySelector('.why').textContent = why;
}

function newElement(shortIds, href) {
  const element = document.getElementById('page').content.firstElementChild.cloneNode(true);
  element.querySelector('.ack').addEventListener('click', () => answer(element, shortIds(), '/pager/ack'));
  element.querySelector('.pass').addEventListener('click', () => answer(element, shortIds(), '/pager/pass'));
  element.querySelector('.open').href = href;
  return element;
}

/** Most urgent first, then oldest. True when something moved down. */
function arrange() {
  const folded = foldedPages();
  for (const [shortId, { element }] of shown) element.hidden = folded.includes(shortId);
  const cards = [...shown.values()];
  if (folded.length > 0) cards.push(foldCard(folded));
  else foldElement?.remove();
  cards.sort((a, b) => rankOf(a) - rankOf(b) || a.since - b.since);
  let moved = false;
  for (const [index, { element }] of cards.entries()) {
    const there = list.children[index];
    if (there === element) continue;
    if (there !== undefined) moved = true;
    list.insertBefore(element, there ?? null);
  }
  return moved;
}

function foldedPages() {
  const folded = fold.pages.filter((shortId) => shown.has(shortId));
  return folded.length > 1 ? folded : [];
}

function foldCard(folded) {
  foldElement ??= newElement(foldedPages, '/');
  foldElement.classList.add('fold');
  fill(foldElement, { ...fold, name: fold.count, count: '', why: folded.join(' · ') });
  return { element: foldElement, urgency: fold.urgency, since: Math.min(...folded.map((id) => shown.get(id).since)) };
}

const rankOf = ({ urgency }) => Object.keys(SOUNDS).indexOf(urgency);

/** Only what can be noticed is confirmed: the page is seen, or heard. */
function confirmPage(id) {
  if (!document.hidden || canSound()) void post('/pager/confirm', { id });
}

function confirmShown() {
  for (const { id } of shown.values()) confirmPage(id);
}

async function answer(element, shortIds, path) {
  const problem = element.querySelector('.problem');
  problem.hidden = true;
  for (const button of element.querySelectorAll('button')) button.disabled = true;
  for (const shortId of shortIds) answering.set(shortId, undefined);
  const response = await post(path, { shortId: shortIds.join(' ') });
  const told = response?.ok ? await response.json().catch(() => undefined) : undefined;
  const meanwhile = shortIds.flatMap((shortId) => answering.get(shortId) ?? []);
  for (const shortId of shortIds) answering.delete(shortId);
  for (const button of element.querySelectorAll('button')) button.disabled = false;
  if (told === undefined) {
    problem.hidden = false;
    for (const what of meanwhile) quiet(what);
    return;
  }
  for (const line of told.lines) note(line);
  for (const shortId of shortIds) if (told.left?.includes(shortId) !== true) remove(shortId);
}

/** What was answered while there was no connection rings no more. */
async function dropOutdated() {
  if (shown.size === 0) return;
  const response = await post('/pager/outdated', { shortId: [...shown.keys()].join(' ') });
  const told = response?.ok ? await response.json().catch(() => undefined) : undefined;
  for (const what of told?.quiet ?? []) quiet(what);
}

/** What an answer of our own did is told by the answer itself. */
function quiet(what) {
  if (answering.has(what.shortId)) answering.set(what.shortId, what);
  if (answering.has(what.shortId) || !shown.has(what.shortId)) return;
  note(what.line);
  remove(what.shortId);
}

function remove(shortId) {
  shown.get(shortId)?.element.remove();
  shown.delete(shortId);
  arrange();
  if (shown.size === 0) stopRinging();
  else ringOn();
}

/** Rings as the most urgent page that is shown asks for, until it is answered. */
function ringOn() {
  ring(Object.keys(SOUNDS).find((one) => [...shown.values()].some(({ urgency }) => urgency === one)));
}

function note(line) {
  const item = document.createElement('li');
  item.textContent = line;
  log.prepend(item);
  while (log.children.length > LOG_LINES) log.lastElementChild.remove();
}
