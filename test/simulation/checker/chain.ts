import { createHash } from 'node:crypto';
import { BrokenPromise } from './broken-promise.ts';
import type { JournalRow, Ledger, RequestRow } from './ledger.ts';
import type { Story } from './story.ts';
import type { Told } from './told.ts';

/** Of the request that the entry tells of; undefined in other streams. */
type ShortId = string | undefined;

function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Promise 10, at an entry: it is sealed to the one before, and says of itself what its row says. */
export function checkSeal(row: JournalRow, previous: JournalRow | undefined, told: Told, shortId: ShortId): void {
  const { stream, n, type, body, hash } = row;
  const before = previous?.hash ?? sha256(told.installation, '\n', stream);
  if (sha256(before, '\n', body) !== hash)
    throw broken(row, shortId, 'its hash is not that of its body and the entry before');
  if (told.stream !== stream || told.n !== n || told.type !== type) {
    throw broken(row, shortId, `its body is entry ${told.n} (${told.type}) of ${told.stream}`);
  }
}

const REFERENCE = /\{"content":"([^"\\]+)","sha256":"([0-9a-f]{64})"\}/g;

/** Promise 10, at an entry: the case content that it refers to is there and is what it was. */
export function checkContents(row: JournalRow, ledger: Ledger, shortId: ShortId): void {
  for (const [, id = '', digest] of row.body.matchAll(REFERENCE)) {
    const content = ledger.content(id);
    const found = content?.salt && content.bytes ? sha256(content.salt, content.bytes) : undefined;
    if (found !== digest)
      throw broken(row, shortId, `it refers to the content ${id}, which ${found ? 'has changed' : 'is missing'}`);
  }
}

/** Promise 10, after a step: the row of the request says what its stream says. */
export function checkProjection(story: Story, row: RequestRow | undefined): void {
  const told = [story.status, story.owner, story.urgency, story.version];
  const kept = row === undefined ? [] : [row.status, row.owner, row.urgency, row.version];
  if (told.join() === kept.join()) return;
  throw new BrokenPromise(10, story.shortId, `its stream says ${told.join(', ')}; its row says ${kept.join(', ')}`);
}

/** Promise 10: what was read before stands where it stood. */
export function checkUnchanged(row: JournalRow, ledger: Ledger, shortId: ShortId): void {
  const now = ledger.entry(row.stream, row.n);
  if (now === row) return;
  if (now?.body !== row.body || now.hash !== row.hash || now.type !== row.type) {
    throw broken(row, shortId, now === undefined ? 'it is gone' : 'it was changed in place');
  }
}

function broken({ stream, n, type }: JournalRow, shortId: ShortId, what: string): BrokenPromise {
  return new BrokenPromise(10, shortId, `entry ${n} (${type}) of ${stream}: ${what}`);
}
