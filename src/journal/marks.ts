import type { JsonValue } from './plain.ts';

/** The last entry of a stream at some time: its number and its hash. */
export type Head = { readonly n: number; readonly hash: string };
export type StreamHead = Head & { readonly stream: string };

/** Where a piece of content is kept, and SHA-256(salt ‖ content). */
export type ContentRef = { readonly content: string; readonly sha256: string };

/**
 * The objects that mean something to a verifier wherever they stand in `data`, written with exactly these keys in this
 * order. A verifier finds them in the text of the body and so needs to know no entry type: inside of a JSON string the
 * quotation marks are escaped, so nothing that a person writes can look like one.
 */
const MARKS = {
  content: { keys: ['content', 'sha256'], form: /\{"content":"([^"\\]+)","sha256":"([0-9a-f]{64})"\}/g },
  erased: { keys: ['erased'], form: /\{"erased":"([^"\\]+)"\}/g },
  head: {
    keys: ['stream', 'n', 'hash'],
    form: /\{"stream":"([^"\\]+)","n":([1-9][0-9]{0,14}),"hash":"([0-9a-f]{64})"\}/g,
  },
};

/** The pieces of content that an entry refers to, in the order of its text. */
export function referencesIn(body: string): readonly ContentRef[] {
  return matches(body, MARKS.content.form).map(([, content = '', sha256 = '']) => ({ content, sha256 }));
}

/** Ids of the pieces of content that were erased with an entry. */
export function erasedIn(body: string): readonly string[] {
  return matches(body, MARKS.erased.form).map(([, id = '']) => id);
}

/** The heads that an entry of the stream `installation` vouches for. */
export function headsIn(body: string): readonly StreamHead[] {
  return matches(body, MARKS.head.form).map(([, stream = '', n, hash = '']) => ({ stream, n: Number(n), hash }));
}

/** What is wrong with an object that has the keys of a mark but not its form, which a verifier would overlook. */
export function misshapenMark(value: JsonValue): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const wrong = Object.values(MARKS).find(({ keys, form }) => {
    return keys.every((key) => Object.hasOwn(value, key)) && JSON.stringify(value).replace(form, '') !== '';
  });
  if (wrong !== undefined) return `${JSON.stringify(value)}: expected exactly ${wrong.keys.join(', ')}, in this order`;
  return Object.values(value)
    .map(misshapenMark)
    .find((fault) => fault !== undefined);
}

function matches(text: string, form: RegExp): readonly RegExpMatchArray[] {
  return [...text.matchAll(form)];
}
