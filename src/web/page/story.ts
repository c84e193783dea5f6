import type { Entry } from '../../journal/entry.ts';
import type { Values } from '../../locales/catalogue.ts';
import type { EntryData, EntryType } from '../../request/entries.ts';
import type { Reader } from '../viewer.ts';
import { foldStory, type StoryLine } from './fold-story.ts';
import { type Html, html, type Piece } from './html.ts';
import { exactMoment } from './moment.ts';
import { codeText, targetName } from './names.ts';
import { contentIdIn, type Gone, type RequestData, TEXT_KEYS } from './request-data.ts';
import { pagedName, type Telling, VALUES, withMethods } from './story-values.ts';

/** A request that nobody answers for days has thousands of entries. */
const LINES_SHOWN = 200;

/**
 * The story of a request as the journal tells it, the newest entry first, with the words that people wrote. What was tried
 * again and again without success is folded, and only the last lines are shown, unless the whole story was asked for.
 */
export function story(viewer: Reader, data: RequestData): Html {
  const telling = tellingOf(viewer, data);
  const folded = data.whole ? data.entries.map(alone) : foldStory(data.entries, saying(telling, data));
  const shown = data.whole ? folded : folded.slice(-LINES_SHOWN);
  const lines = shown.map((one) => line(viewer, data, telling, one));
  const { id, version } = data.row;
  const all =
    shown.length < version &&
    html`<p><a href="/requests/${id}?story=all">${viewer.text('story.all', { count: version })}</a></p>`;
  return html`<ol class="story" reversed>${lines.toReversed()}</ol>${all}`;
}

/** One line an entry, the oldest first. */
export function storyLines(viewer: Reader, data: RequestData): readonly Html[] {
  const telling = tellingOf(viewer, data);
  return data.entries.map((entry) => line(viewer, data, telling, alone(entry)));
}

function alone(entry: Entry): StoryLine {
  return { first: entry, last: entry, times: 1 };
}

function line(viewer: Reader, data: RequestData, telling: Telling, { first, last, times }: StoryLine): Html {
  const { n, at } = last;
  const { zone } = data.desk;
  const since = times > 1 && html`${exactMoment(viewer, zone, first.at)} – `;
  const count = times > 1 && html`<p class="aside">${viewer.text('story.times', { count: times })}</p>`;
  return html`<li id="entry-${n}" value="${n}"><p class="when">${since}${exactMoment(viewer, zone, at)} <bdi>${actorText(viewer, last)}</bdi></p>
<p>${sentence(telling, last)}</p>${count}${asides(telling, last)}${words(viewer, data, last)}</li>`;
}

function tellingOf(viewer: Reader, { state, desk, deliveries, links }: RequestData): Telling {
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  const methodText = (type: string) => codeText(viewer, 'method', type);
  return {
    viewer,
    zone: desk.zone,
    desk: state.desk,
    kind: state.kind,
    page: (id) => {
      const delivery = byId.get(id);
      if (delivery === undefined) return '?';
      if (delivery.kind === 'notice') return pagedName(viewer, { channel: delivery.address });
      return withMethods(pagedName(viewer, delivery), [methodText(delivery.methodType)]);
    },
    // The type stands in the delivery; without it the id of the method says enough.
    methodOf: ({ id, method }) => methodText(byId.get(id)?.methodType ?? method),
    shortIdOf: (request) => links.find(({ id }) => id === request)?.shortId ?? '?',
  };
}

/** What an entry says. One of a release that is newer than this one is at least named. */
export function sentence(telling: Telling, { type, data }: Pick<Entry, 'type' | 'data'>): string {
  const { text } = telling.viewer;
  return isKnown(type) ? text(`story.${type}`, valuesOf(type, telling, data)) : text('story.unknown', { type });
}

/** What a desk does again and again when nobody can be reached. */
const TRIES: ReadonlySet<string> = new Set<EntryType>([
  'round.began/1',
  'step.rang/1',
  'last_resort.rang/1',
  'round.rang/1',
  'round.waits/1',
  'page.added/1',
  'page.advanced/1',
  'page.failed/1',
]);

/**
 * What an entry says, where it tells of another try, apart from what counts on by itself: one of round 7 says the same as one
 * of round 8. A card in a channel is no page, so one more does not end the tries; a page that is handed over does.
 */
function saying(telling: Telling, { deliveries }: RequestData): (entry: Entry) => string | undefined {
  const notices = new Set(deliveries.filter(({ kind }) => kind === 'notice').map(({ id }) => id));
  return ({ type, data }) => {
    const isCard = type === 'page.handed_over/1' && notices.has(String(data['page']));
    if (!isKnown(type) || !(isCard || TRIES.has(type))) return undefined;
    const { skipped, desks } = data;
    return JSON.stringify([type, { ...valuesOf(type, telling, data), round: 0, time: '' }, skipped, desks]);
  };
}

function valuesOf(type: EntryType, telling: Telling, data: Entry['data']): Values {
  const tell = VALUES[type] as (data: EntryData<EntryType>, telling: Telling) => Values;
  return tell(data as unknown as EntryData<EntryType>, telling);
}

function isKnown(type: string): type is EntryType {
  return Object.hasOwn(VALUES, type);
}

/** Who was not paged by a step and why, and which other desk was. */
function asides(telling: Telling, { type, data }: Entry): Piece {
  if (type !== 'step.rang/1') return false;
  const { text } = telling.viewer;
  const { skipped, desks } = data as unknown as EntryData<'step.rang/1'>;
  const lines = [
    ...skipped.map(({ whom, why }) =>
      text('story.skipped', { whom: targetName(telling.viewer, whom), why: text(`skipped.${why}`) }),
    ),
    ...desks.map((desk) => text('story.other_desk', { desk })),
  ];
  return lines.map((line) => html`<p class="aside">${line}</p>`);
}

const WORD_LABELS: Readonly<Record<(typeof TEXT_KEYS)[number], string>> = {
  text: 'story.in_words',
  how: 'story.in_words',
  for: 'story.waits_for',
  because: 'story.waits_because',
};

function words(viewer: Reader, { contents, desk }: RequestData, { data }: Entry): Piece {
  return TEXT_KEYS.map((key) => {
    const id = contentIdIn(data[key]);
    if (id === undefined) return false;
    const stored = contents.get(id);
    const shown =
      stored !== undefined && 'bytes' in stored
        ? html`<blockquote dir="auto">${new TextDecoder().decode(stored.bytes)}</blockquote>`
        : goneText(viewer, desk.zone, { gone: stored === undefined ? 'missing' : stored.erasedAt });
    return html`<div class="words"><span>${viewer.text(WORD_LABELS[key])}</span>${shown}</div>`;
  });
}

export function goneText({ text, timesIn }: Reader, zone: string, { gone }: Gone): Html {
  return html`<p class="gone">${gone === 'missing' ? text('story.missing_content') : text('story.erased', { time: timesIn(zone).exact(gone) })}</p>`;
}

function actorText({ text, nameOf, nameOfSource }: Reader, { actor }: Entry): string {
  switch (actor.kind) {
    case 'officer':
      return nameOf(actor.officer);
    case 'source':
      return text('actor.source', { source: nameOfSource(actor.source) });
    case 'shell':
      return text('actor.shell', { user: actor.user, as: actor.as === undefined ? 'none' : nameOf(actor.as) });
    case 'system':
    case 'requester':
      return text(`actor.${actor.kind}`);
  }
}
