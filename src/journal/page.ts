import { rfc3339 } from '../../rota/instant.ts';
import type { StoredContent } from './content.ts';
import { type Entry, readBody, readEntry, type SealedEntry } from './entry.ts';
import { erasedIn } from './marks.ts';
import { dataHtml } from './page-data.ts';
import { ENGLISH, type PageTexts } from './page-texts.ts';
import { escaped } from './safe-html.ts';

/**
 * The entries of a stream as they are in the journal, as a list in HTML: number, time in UTC, type, who, and every value.
 * Content is shown escaped; where it was erased, since when. It shows what is there and does not verify it.
 *
 * @param entries all entries of one stream
 * @param contents the content they refer to, by id
 */
export function entriesAsTheyAre(
  entries: readonly SealedEntry[],
  contents: ReadonlyMap<string, StoredContent>,
  texts: PageTexts = ENGLISH,
): string {
  const erasures = new Map(entries.flatMap(({ body }) => erasedIn(body).map((id) => [id, readBody(body)?.at ?? ''])));
  const lines = entries.map((entry) =>
    entryHtml(entry, (data) => dataHtml(data, { contents, erasures, texts }), texts),
  );
  return `<ol class="entries" lang="${escaped(texts.language)}">\n${lines.join('\n')}\n</ol>`;
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
