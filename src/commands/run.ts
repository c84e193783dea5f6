import { contextOf, contextOfNone } from './context.ts';
import { doIt } from './do-it.ts';
import { look } from './looks.ts';
import { namesRequest, parse, readHead } from './parse.ts';
import type { Misread } from './parsed.ts';
import type { Reply } from './reply.ts';
import { statusOf } from './status.ts';
import type { CommandParts, OnRequest, Typed } from './typed.ts';
import { type Found, meantBy, nearestShortId, requestNamed, sees } from './which.ts';
import type { Word } from './words.ts';

/**
 * Reads what was typed and does it, as the officer might have on the page: the same rules say no. Everything that is wrong
 * with the words comes back as a value; only a store that cannot answer throws.
 */
export async function run(parts: CommandParts, typed: Typed): Promise<Reply> {
  const { desk } = parts;
  const { text, officer } = typed;
  const head = readHead(text);
  if ('misread' in head) return misread(head.misread);
  const { word, name } = head;
  if (word.about === 'nothing') {
    const read = parse(text, contextOfNone(desk, officer));
    return read.ok ? look(parts, read.parsed, typed) : misread(read.misread);
  }
  if (word.action !== undefined && officer === undefined) return misread({ code: 'officer_missing' });
  const named = name === undefined ? undefined : await requestNamed(desk, name.name, officer);
  const isNamed = namesRequest(head, () => named !== undefined);
  if (isNamed && named === undefined) return unknown(parts, word, name?.name ?? '', typed);
  const found = isNamed ? named : await theOnlyOne(parts, word, typed);
  if (found === undefined || 'code' in found) return misread(found ?? { code: 'request_missing', word: word.name });
  const [first] = found.rows;
  if (first === undefined) return misread({ code: 'request_missing', word: word.name });
  const read = parse(text, contextOf(desk, first, officer, isNamed ? name?.name : undefined));
  if (!read.ok) return misread(read.misread);
  return perform(parts, typed, { ...found, parsed: read.parsed, assumed: !isNamed });
}

function perform(parts: CommandParts, typed: Typed, on: OnRequest): Promise<Reply> {
  const { word } = on.parsed;
  if (word.action === undefined) return statusOf(parts.desk, on, typed);
  return doIt(parts.desk, word.action, on, typed);
}

/** What was typed beside a request means that one; else the one that the officer has, or the one that nobody has. */
async function theOnlyOne(
  { desk }: CommandParts,
  word: Word,
  { officer, beside }: Typed,
): Promise<Found | Misread | undefined> {
  if (word.about !== 'or_the_only_one') return undefined;
  const row = beside === undefined ? undefined : await desk.store.request(beside);
  if (row !== undefined && sees(desk, row, officer)) return { rows: [row], isBundle: false };
  const rows = await meantBy(desk, word, officer);
  if (rows.length === 1) return { rows, isBundle: false };
  return { code: 'which_request', word: word.name, candidates: rows.map(({ shortId }) => shortId) };
}

async function unknown({ desk }: CommandParts, word: Word, name: string, { officer }: Typed): Promise<Reply> {
  const nearest = await nearestShortId(desk, name, officer);
  const hint = nearest === undefined ? {} : { nearest };
  return { result: 'refused', word: word.name, why: 'unknown_request', name, ...hint };
}

function misread(what: Misread): Reply {
  return { result: 'misread', misread: what };
}
