import { createHash } from 'node:crypto';
import { type Instant, instant, rfc3339 } from '../../rota/instant.ts';
import { type Actor, isActor } from './actor.ts';
import { type Head, misshapenMark } from './marks.ts';
import { faultIn, isObject, type JsonObject } from './plain.ts';

/** What is to be written. `type` carries its version: `request.received/1`. */
export type EntryDraft = { readonly type: string; readonly actor: Actor; readonly data: JsonObject };

/** Where it is written. The epoch is 1 in a new installation and grows with each restore. */
export type Place = { readonly installation: string; readonly epoch: number; readonly stream: string };

/** As it is stored: `body` is the exact text that was hashed, and nobody ever writes it anew. */
export type SealedEntry = Head & { readonly stream: string; readonly body: string };

/** As it is read back. */
export type Entry = Place & EntryDraft & { readonly n: number; readonly at: Instant };

/** What a body says, not yet held against anything. */
export type Body = Place & {
  readonly v: number;
  readonly n: number;
  readonly type: string;
  readonly at: string;
  readonly actor: JsonObject;
  readonly data: JsonObject;
};

/** The keys of a body in their order, with what they hold. This never changes; another `v` would be another format. */
const SHAPE =
  'v:number installation:string epoch:number stream:string n:number type:string at:string actor:map data:map';

const INSTALLATION_ID = /^[0-9A-Za-z_-]+$/;
const STREAM = /^[!#-[\]-~]+$/;
const TIME = /^[0-9T:.Z-]{24}$/;
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

/** Reads a body; undefined when it is not JSON with the keys of an entry, or they are not written as `seal` does. */
export function readBody(body: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isBody(value) && body.startsWith(envelope(value)) ? value : undefined;
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

function isBody(value: unknown): value is Body {
  if (!isObject(value) || value['v'] !== 1) return false;
  const shape = Object.entries(value).map(([key, held]) => `${key}:${isObject(held) ? 'map' : typeof held}`);
  return shape.join(' ') === SHAPE && TIME.test(String(value['at']));
}

/** The one way to write what stands before the actor, so that no reader can take a number or a name for another. */
function envelope({ v, installation, epoch, stream, n, type, at }: Body): string {
  return JSON.stringify({ v, installation, epoch, stream, n, type, at }).replace(/\}$/, ',');
}
