import type { Entry } from '../../journal/entry.ts';
import type { EntryData, EntryType } from '../../request/entries.ts';
import type { Reader } from '../viewer.ts';
import { type Html, html, type Piece } from './html.ts';
import { exactMoment } from './moment.ts';
import { codeText, targetName } from './names.ts';
import { contentIdIn, type Gone, type RequestData, TEXT_KEYS } from './request-data.ts';
import { pagedName, type Telling, VALUES, withMethods } from './story-values.ts';

/** The story of a request as the journal tells it, the newest entry first, with the words that people wrote. */
export function story(viewer: Reader, data: RequestData): Html {
  const { text } = viewer;
  const first = data.entries[0]?.n ?? 1;
  const older =
    first > 1 &&
    html`<p><a href="/requests/${data.row.id}?story=all">${text('story.all', { count: data.row.version })}</a></p>`;
  return html`<ol class="story" reversed>${storyLines(viewer, data).toReversed()}</ol>${older}`;
}

/** One line an entry, the oldest first. */
export function storyLines(viewer: Reader, data: RequestData): readonly Html[] {
  const telling = tellingOf(viewer, data);
  return data.entries.map(
    (
      entry,
    ) => html`<li id="entry-${entry.n}" value="${entry.n}"><p class="when">${exactMoment(viewer, data.desk.zone, entry.at)} <bdi>${actorText(viewer, entry)}</bdi></p>
<p>${sentence(telling, entry)}</p>${asides(telling, entry)}${words(viewer, data, entry)}</li>`,
  );
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
  if (!isKnown(type)) return text('story.unknown', { type });
  const tell = VALUES[type] as (data: EntryData<EntryType>, telling: Telling) => ReturnType<(typeof VALUES)[EntryType]>;
  return text(`story.${type}`, tell(data as unknown as EntryData<EntryType>, telling));
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
