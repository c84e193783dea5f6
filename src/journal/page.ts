import { rfc3339 } from '../../rota/instant.ts';
import type { StoredContent } from './content.ts';
import { type Entry, readBody, readEntry, type SealedEntry } from './entry.ts';
import { erasedIn } from './marks.ts';
import { dataHtml } from './page-data.ts';
import { ENGLISH, type PageTexts } from './page-texts.ts';
import { escaped } from './safe-html.ts';

/**
 * One request's story as an HTML page that needs nothing else and runs nothing: to be read, kept and printed. Content
 * is shown escaped; where it was erased, since when. It shows what is there and does not verify it.
 *
 * @param title what people call it, such as the reference
 * @param entries all entries of one stream
 * @param contents the content they refer to, by id
 */
export function readablePage(
  title: string,
  entries: readonly SealedEntry[],
  contents: ReadonlyMap<string, StoredContent>,
  texts: PageTexts = ENGLISH,
): string {
  const erasures = new Map(entries.flatMap(({ body }) => erasedIn(body).map((id) => [id, readBody(body)?.at ?? ''])));
  const story = entries.map((entry) =>
    entryHtml(entry, (data) => dataHtml(data, { contents, erasures, texts }), texts),
  );
  const { body = '', hash = '', stream = '' } = entries.at(-1) ?? {};
  const installation = readBody(body)?.installation ?? '';
  return `<!doctype html>
<html lang="${escaped(texts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p>${escaped(texts.times)}</p></header>
<main>
<ol>
${story.join('\n')}
</ol>
</main>
<footer><p>${escaped(texts.foot({ stream, installation, entries: entries.length, hash }))}</p></footer>
</body>
</html>
`;
}

function entryHtml(sealed: SealedEntry, dataOf: (data: Entry['data']) => string, texts: PageTexts): string {
  const entry = read(sealed.body);
  if (entry === undefined) {
    return `<li><p class="fault">${sealed.n}. ${escaped(texts.unreadable)}</p><pre>${escaped(sealed.body)}</pre></li>`;
  }
  const at = rfc3339(entry.at);
  return `<li>
<p class="head"><span class="n">${entry.n}</span> <time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 23)}</time>
<strong>${escaped(texts.what(entry.type))}</strong> <span class="who">${escaped(texts.who(entry.actor))}</span></p>
${dataOf(entry.data)}
</li>`;
}

function read(body: string): Entry | undefined {
  try {
    return readEntry(body);
  } catch {
    return undefined;
  }
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882 }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 }
header p, .who, footer { opacity: .75 }
ol { list-style: none; padding: 0; margin: 1.5rem 0 }
li { border-top: 1px solid var(--line); padding: .75rem 0 }
.head { margin: 0; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline }
.head strong::first-letter { text-transform: uppercase }
.n { min-width: 1.5rem; text-align: right; opacity: .6 }
.n, time { font-variant-numeric: tabular-nums }
table { border-collapse: collapse; margin: .5rem 0 0 2.25rem; font-size: .9rem }
th { text-align: left; min-width: 7rem; font-weight: normal; opacity: .75; padding: .1rem 1rem .1rem 0; vertical-align: top; white-space: nowrap }
td { padding: .1rem 0; vertical-align: top; overflow-wrap: anywhere }
td bdi { white-space: pre-wrap }
td table { margin: 0; border-left: 3px solid var(--line); background: var(--soft) }
td table th, td table td { padding-left: .5rem }
pre { margin: 0; padding: .5rem; background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem }
.erased, .fault { font-style: italic }
.odd { border: 1px solid; border-radius: 3px; padding: 0 .2em; font-size: .8em }
footer { border-top: 1px solid var(--line); font-size: .85rem; overflow-wrap: anywhere }
@media print {
  @page { margin: 18mm }
  :root { color-scheme: light }
  body { margin: 0; max-width: none; font-size: 10pt }
  .head { break-after: avoid }
  tr { break-inside: avoid }
}
`;
