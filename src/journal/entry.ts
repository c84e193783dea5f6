import { createHash } from 'node:crypto';
import { type Instant, instant, rfc3339 } from '../../rota/instant.ts';
import { type Actor, isActor } from './actor.ts';
import { type Head, misshapenMark } from './marks.ts';
import { faultIn, type JsonObject } from './plain.ts';

/** What is to be written. `type` carries its version: `request.received/1`. */
export type EntryDraft = { readonly type: string; readonly actor: Actor; readonly data: JsonObject };

/** Where it is written. The epoch is 1 in a new installation and grows with each restore. */
export type Place = { readonly installation: string; readonly epoch: number; readonly stream: string };

/** As it is stored: `body` is the exact text that was hashed, and nobody ever writes it anew. */
export type SealedEntry = Head & { readonly stream: string; readonly body: string };

/** As it is read back. */
export type Entry = Place & EntryDraft & { readonly n: number; readonly at: Instant };

/** What a body says, not yet held against anything. */
export type Body = Outline & { readonly actor: JsonObject; readonly data: JsonObject };

/** What stands before its actor. */
export type Outline = Place & { readonly n: number; readonly type: string; readonly at: string };

/**
 * The one form of a body: everything up to the actor has one way to be written, so that no reader can take a number or
 * a name for another. An actor holds texts alone, so the first `},"data":{` is its end. This never changes; another `v`
 * would be another format.
 */
const BODY = new RegExp(
  [
    /^\{"v":1,"installation":"([0-9A-Za-z_-]+)","epoch":([1-9][0-9]{0,14}),"stream":"([!#-[\]-~]+)",/,
    /"n":([1-9][0-9]{0,14}),"type":"([a-z_.]+\/[0-9]+)","at":"([0-9T:.Z-]{24})",/,
    /"actor":(\{.*?\}),"data":(\{.*\})\}$/,
  ]
    .map(({ source }) => source)
    .join(''),
  's',
);

const INSTALLATION_ID = /^[0-9A-Za-z_-]+$/;
const STREAM = /^[!#-[\]-~]+$/;
const TYPE = /^[a-z_]+(\.[a-z_]+)*\/[1-9][0-9]*$/;

/** SHA-256(first, LF, second) of texts in UTF-8, in lower-case hex. */
export function chainHash(first: string, second: string): string {
  return createHash('sha256').update(`${first}\n${second}`, 'utf8').digest('hex');
}

/** The head of a stream that has no entry yet. */
export function firstHead(installation: string, stream: string): Head {
  return { n: 0, hash: chainHash(installation, stream) };
}

/**
 * Writes the entry that follows `head` and seals it to the entries before it. Throws when something in it could not be
 * read back in the same way everywhere (see `plain.ts`) or would be overlooked by a verifier (see `marks.ts`): texts
 * are to be sanitised before.
 */
export function seal(place: Place, head: Head, at: Instant, draft: EntryDraft): SealedEntry {
  const { installation, epoch, stream } = place;
  const { type, actor, data } = draft;
  const n = head.n + 1;
  const fields = { v: 1, installation, epoch, stream, n, type, at: rfc3339(at), actor, data };
  const fault = faultInPlace(place) ?? faultInType(type) ?? faultIn(fields) ?? misshapenMark(data);
  if (fault !== undefined) throw new Error(`entry ${n} (${type}) of ${stream} cannot be sealed: ${fault}`);
  const body = JSON.stringify(fields);
  return { stream, n, body, hash: chainHash(head.hash, body) };
}

function faultInPlace({ installation, epoch, stream }: Place): string | undefined {
  if (!INSTALLATION_ID.test(installation)) return `installation ${installation}: expected letters, digits, - and _`;
  if (!STREAM.test(stream)) return `stream ${stream}: expected ASCII without spaces, quotes and backslashes`;
  return epoch >= 1 ? undefined : `epoch ${epoch}: expected 1 or more`;
}

function faultInType(type: string): string | undefined {
  return TYPE.test(type) ? undefined : 'expected a type with its version, such as request.received/1';
}

/** What stands before the actor; undefined when the body has not the form of one. Its actor and data are not read. */
export function outlineOf(body: string): Outline | undefined {
  return partsOf(body)?.outline;
}

/** Reads a body; undefined when it has not the form of one or its actor or data are not JSON. */
export function readBody(body: string): Body | undefined {
  const parts = partsOf(body);
  if (parts === undefined) return undefined;
  try {
    return { ...parts.outline, actor: JSON.parse(parts.actor), data: JSON.parse(parts.data) };
  } catch {
    return undefined;
  }
}

/** Reads a body that `seal` wrote. Throws on anything else: a journal that was verified has nothing else. */
export function readEntry(body: string): Entry {
  const read = readBody(body);
  if (read === undefined || !isActor(read.actor)) {
    throw new Error('the journal holds a body that is not an entry: run `tocsin journal verify`, it names the entry');
  }
  const { installation, epoch, stream, n, type, actor, data } = read;
  return { installation, epoch, stream, n, type, at: instant(read.at), actor, data };
}

function partsOf(body: string): { outline: Outline; actor: string; data: string } | undefined {
  const match = BODY.exec(body);
  if (match === null) return undefined;
  const [, installation = '', epoch, stream = '', n, type = '', at = '', actor = '', data = ''] = match;
  return { outline: { installation, epoch: Number(epoch), stream, n: Number(n), type, at }, actor, data };
}
