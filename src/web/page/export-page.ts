import { createHash } from 'node:crypto';
import { entriesAsTheyAre } from '../../journal/page.ts';
import type { Times } from '../../locales/times.ts';
import type { Reader } from '../viewer.ts';
import { asked, flags, missing } from './asked.ts';
import type { ExportData } from './export-data.ts';
import { EXPORT_STYLE } from './export-style.ts';
import { clocks, owed, triage, verification } from './facts.ts';
import { holder } from './holder.ts';
import { type Html, html, type Piece, raw } from './html.ts';
import { exactMoment } from './moment.ts';
import { nameOfThing } from './names.ts';
import { paged } from './paged.ts';
import { contentIdIn, type RequestData } from './request-data.ts';
import { storyLines } from './story.ts';
import { sizeText } from './story-values.ts';

/**
 * One request for somebody who has no Tocsin: what was asked in full, what came of it, the whole story in the sentences of
 * the desk page, and where the proof is. It needs nothing else, runs nothing, and can be printed.
 */
export function exportPage(of: Reader, data: ExportData): Html {
  const reader = withUtc(of);
  const { text, language } = reader;
  const { request } = data;
  const { row } = request;
  return html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${row.reference}</title>
<style>${raw(EXPORT_STYLE)}</style>
</head>
<body>
<header>${head(reader, request)}</header>
<main>
<section><h2>${text('asked.title')}</h2>${asked(reader, request)}${files(reader, request)}${missing(reader, request, true)}${flags(reader, request)}</section>
<section>${verification(reader, request)}<h2>${text('triage.title')}</h2>${triage(reader, request)}${clocks(reader, request)}${owed(reader, request)}</section>
<section><h2>${text('paged.title')}</h2>${paged(reader, request)}</section>
<section><h2>${text('story.title')}</h2><ol class="story">${storyLines(reader, request)}</ol></section>
<section><h2>${text('export.verify')}</h2>${proof(reader, data)}</section>
<section class="appendix"><h2>${text('export.appendix')}</h2><p>${text('export.appendix_why')}</p>${raw(entriesAsTheyAre(data.sealed, request.contents))}</section>
</main>
</body>
</html>
`;
}

function head(reader: Reader, { row, state, desk }: RequestData): Html {
  const { text } = reader;
  const facts: readonly (readonly [string, Piece])[] = [
    ['export.short_id', row.shortId],
    ['export.kind', nameOfThing(reader, 'kind', state.kind)],
    ['export.urgency', text(`urgency.${state.urgency}`)],
    ['export.desk', desk.name],
    ['export.received', exactMoment(reader, desk.zone, state.receivedAt)],
    ['export.state', html`${text(`status.${state.status}`)} · ${holder(reader, desk, state)}`],
    ['export.made', exactMoment(reader, desk.zone, reader.now)],
  ];
  return html`<h1>${row.reference}</h1>
<dl class="facts">${facts.map(([label, value]) => html`<div><dt>${text(label)}</dt><dd>${value}</dd></div>`)}</dl>
<p>${text('export.times', { zone: desk.zone })}</p>`;
}

/** Every time to the second, at the desk and in UTC: on paper nobody can point at one to see the other. */
function withUtc(reader: Reader): Reader {
  const both = (times: Times): Times => {
    const exact = (at: number) => `${times.exact(at)} (${times.utc(at)})`;
    return { ...times, short: exact, precise: exact, exact };
  };
  return { ...reader, timesIn: (zone) => both(reader.timesIn(zone)) };
}

type File = { readonly name: string; readonly size: number; readonly sha256: string };

/** Attachments and the messages as they came, by their hashes: the bytes are in the export of the journal. */
function files(reader: Reader, { attachments, entries, contents }: RequestData): Piece {
  const { text } = reader;
  const attached = attachments.map(({ name, ...rest }) => ({ ...rest, name: name ?? text('attachments.erased') }));
  const originals = entries.flatMap(({ n, data }): File[] => {
    const stored = contents.get(contentIdIn(data['original']) ?? '');
    if (stored === undefined || !('bytes' in stored)) return [];
    const sha256 = createHash('sha256').update(stored.bytes).digest('hex');
    return [{ name: text('attachments.original', { n }), size: stored.bytes.length, sha256 }];
  });
  const all: readonly File[] = [...attached, ...originals];
  if (all.length === 0) return false;
  const lines = all.map(
    ({ name, size, sha256 }) =>
      html`<li><bdi>${name}</bdi> (${sizeText(reader, size)})<br><code>SHA-256 ${sha256}</code></li>`,
  );
  return html`<h3>${text('attachments.title')}</h3><ul>${lines}</ul>`;
}

/** What this page does not prove, and what does. */
function proof({ text }: Reader, { request, sealed, stream, installation, checkpoint }: ExportData): Html {
  const { reference } = request.row;
  const file = `${reference}.jsonl`;
  const { hash = '' } = sealed.at(-1) ?? {};
  const line =
    checkpoint === undefined
      ? html`<p>${text('export.no_checkpoint')}</p>`
      : html`<p>${text('export.checkpoint')}</p><pre>${checkpoint}</pre>`;
  return html`<p>${text('export.proves_nothing')}</p>
<pre>npx tocsin journal export ${reference} &gt; ${file}
python3 verify.py ${file}</pre>
<p>${text('export.verifier')}</p>
<p>${text('export.last', { count: sealed.length })}</p>
<pre>${hash}</pre>
${line}
<p><small>${text('export.stream', { stream, installation })}</small></p>`;
}
