import { createHash } from 'node:crypto';
import { SALT_BYTES } from './content.ts';
import { Unusable } from './finding.ts';
import type { JournalItem } from './item.ts';
import { isObject, type JsonObject } from './plain.ts';

const FORMAT = 'tocsin-journal/1';
const LINE_FEED = 10;
/** The names of streams are printed on terminals, whoever wrote the file. */
const PRINTABLE = /^[!-~]+$/;
const BASE64 = /^[0-9A-Za-z+/]*={0,2}$/;

/** The lines of an export, each with its line end. The last one holds the SHA-256 of all before it. */
export async function* writeExport(items: AsyncIterable<JournalItem> | Iterable<JournalItem>): AsyncGenerator<string> {
  const file = createHash('sha256');
  for await (const item of items) {
    const line = `${JSON.stringify(lineOf(item))}\n`;
    file.update(line, 'utf8');
    yield line;
  }
  yield endLine(file.digest('hex'));
}

/**
 * Reads what `writeExport` wrote, from the chunks of a file. Throws `Unusable` for anything that is not exactly such a
 * file, so also for one that was changed or cut off on its way; but only where it comes to it, so that a verifier can
 * name a broken entry before.
 */
export async function* readExport(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<JournalItem> {
  const file = createHash('sha256');
  let lines = 0;
  let ended = false;
  for await (const line of linesOf(chunks)) {
    if (ended) throw new Unusable('something follows the end line');
    lines += 1;
    ended = lines > 1 && `${line}\n` === endLine(file.copy().digest('hex'));
    if (ended) continue;
    const item = itemOf(line);
    if (item === undefined || (item.kind === 'header') !== (lines === 1)) {
      throw new Unusable(`line ${lines} is not what stands in a ${FORMAT} there`);
    }
    file.update(`${line}\n`, 'utf8');
    yield item;
  }
  if (!ended) throw new Unusable('the end line is missing: the file was cut off, get it again');
}

function endLine(sha256: string): string {
  return `${JSON.stringify({ end: { sha256 } })}\n`;
}

function lineOf(item: JournalItem): JsonObject {
  switch (item.kind) {
    case 'header':
      return { header: { format: FORMAT, installation: item.installation } };
    case 'checkpoint':
      return { checkpoint: { n: item.n, previous: item.previous, body: item.body, hash: item.hash } };
    case 'content':
      return { content: { id: item.id, salted: Buffer.concat([item.salt, item.bytes]).toString('base64') } };
    case 'entry':
      return { entry: { stream: item.stream, n: item.n, body: item.body, hash: item.hash } };
  }
}

function itemOf(line: string): JournalItem | undefined {
  const [[name, fields] = [], ...more] = Object.entries(parsed(line));
  if (name === undefined || more.length > 0 || !isObject(fields)) return undefined;
  const shape = [name, ...Object.entries(fields).map(([key, field]) => `${key}:${typeof field}`)].join(' ');
  const read = Object.hasOwn(READERS, shape) ? READERS[shape] : undefined;
  return read?.({ text: (key) => String(fields[key]), number: (key) => Number(fields[key]) });
}

type Fields = { readonly text: (key: string) => string; readonly number: (key: string) => number };

/** How each line is read, by its name and the names and types of its fields in their order. */
const READERS: Readonly<Record<string, (fields: Fields) => JournalItem | undefined>> = {
  'header format:string installation:string': ({ text }) =>
    text('format') === FORMAT ? { kind: 'header', installation: text('installation') } : undefined,
  'checkpoint n:number previous:string body:string hash:string': ({ text, number }) => ({
    kind: 'checkpoint',
    n: number('n'),
    previous: text('previous'),
    body: text('body'),
    hash: text('hash'),
  }),
  'content id:string salted:string': ({ text }) => {
    if (!BASE64.test(text('salted')) || text('salted').length % 4 !== 0) return undefined;
    const salted = Buffer.from(text('salted'), 'base64');
    return {
      kind: 'content',
      id: text('id'),
      salt: salted.subarray(0, SALT_BYTES),
      bytes: salted.subarray(SALT_BYTES),
    };
  },
  'entry stream:string n:number body:string hash:string': ({ text, number }) => {
    if (!PRINTABLE.test(text('stream'))) return undefined;
    return { kind: 'entry', stream: text('stream'), n: number('n'), body: text('body'), hash: text('hash') };
  },
};

/** The object in a line; empty for anything else, and for half characters, which no hash could tell apart. */
function parsed(line: string): JsonObject {
  try {
    const value: unknown = JSON.parse(line, (_, field) => {
      if (typeof field === 'string' && !field.isWellFormed()) throw new Error('half of a surrogate pair');
      return field;
    });
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Splits at LF alone (other line ends may stand in texts) and refuses what is not UTF-8. */
async function* linesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield decoded(Buffer.concat([...parts, chunk.subarray(start, end)]));
      parts = [];
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) throw new Unusable('the last line has no end: the file was cut off, get it again');
}

function decoded(line: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    throw new Unusable('it is not a text in UTF-8');
  }
}
