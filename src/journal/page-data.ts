import type { StoredContent } from './content.ts';
import { referencesIn } from './marks.ts';
import type { PageTexts } from './page-texts.ts';
import { faultIn, isObject, type JsonObject, type JsonValue } from './plain.ts';
import { escaped, foreign } from './safe-html.ts';

/** What is needed to show content in the place of a reference to it. */
export type Shown = {
  readonly contents: ReadonlyMap<string, StoredContent>;
  /** When content was erased (RFC 3339, UTC), by id. */
  readonly erasures: ReadonlyMap<string, string>;
  readonly texts: PageTexts;
};

/** Longer content is cut on the page; the export has all of it. */
const MOST_CHARACTERS = 20_000;

/** The data of an entry as a table, with the content it refers to. Without data: nothing. */
export function dataHtml(data: JsonObject, shown: Shown): string {
  return tableHtml(
    rows(data, (value) => referenceIn(value) !== undefined).map(([label, value]) => [label, valueHtml(value, shown)]),
  );
}

function tableHtml(cells: readonly (readonly [string, string])[]): string {
  const lines = cells.map(([label, html]) => `<tr><th scope="row">${foreign(label)}</th><td>${html}</td></tr>`);
  return lines.length === 0 ? '' : `<table>${lines.join('\n')}</table>`;
}

type Row = readonly [label: string, value: JsonValue];

/** One row for each value, labelled by the way to it; what is empty has none. `whole`: not to be taken apart. */
function rows(value: JsonValue, whole: (value: JsonValue) => boolean, path: readonly string[] = []): readonly Row[] {
  if (isEmpty(value)) return [];
  if (value === null || typeof value !== 'object' || whole(value) || isListOfWords(value)) {
    return [[path.join(' › ').replaceAll('_', ' '), value]];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    return rows(item, whole, [...path, Array.isArray(value) ? String(Number(key) + 1) : key]);
  });
}

function valueHtml(value: JsonValue, shown: Shown): string {
  const id = referenceIn(value);
  return id === undefined ? wordsHtml(value) : contentHtml(id, shown);
}

function wordsHtml(value: JsonValue): string {
  return foreign(Array.isArray(value) ? value.join(', ') : String(value));
}

function contentHtml(id: string, { contents, erasures, texts }: Shown): string {
  const content = contents.get(id);
  if (content !== undefined && 'bytes' in content) return bytesHtml(content.bytes, texts);
  const at = erasures.get(id);
  const time = at === undefined ? undefined : `${at.slice(0, 10)} ${at.slice(11, 19)}`;
  return time === undefined
    ? `<span class="fault">${escaped(texts.missing)}</span>`
    : `<span class="erased">${escaped(texts.erasedOn(time))}</span>`;
}

function bytesHtml(bytes: Uint8Array, texts: PageTexts): string {
  const text = textIn(bytes);
  if (text === undefined) return `<span class="erased">${escaped(texts.bytes(bytes.length))}</span>`;
  const object = objectIn(text);
  if (object !== undefined && text.length <= MOST_CHARACTERS) {
    return tableHtml(rows(object, () => false).map(([label, value]) => [label, wordsHtml(value)]));
  }
  const rest = text.length - MOST_CHARACTERS;
  const more = rest > 0 ? `<p class="erased">${escaped(texts.more(rest))}</p>` : '';
  return `<pre>${foreign(text.slice(0, MOST_CHARACTERS))}</pre>${more}`;
}

/** Undefined for bytes that are no text in UTF-8. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no JSON object, and for one too deep or odd to be taken apart. */
function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && faultIn(value) === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

function referenceIn(value: JsonValue): string | undefined {
  if (!isObject(value) || Object.keys(value).join() !== 'content,sha256') return undefined;
  return referencesIn(JSON.stringify(value))[0]?.content;
}

function isListOfWords(value: JsonValue): boolean {
  return Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object');
}

function isEmpty(value: JsonValue): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
