import { createHash, timingSafeEqual } from 'node:crypto';
import type { Origin } from '../../desk/incoming.ts';
import type { AppliedRevisions } from '../../desk/revisions.ts';

/** Who may hand in requests over the interface, as the configuration has it. */
export type Source = {
  readonly id: string;
  readonly desk: string;
  /** As it stands on cards. */
  readonly name: string;
  readonly network?: string;
  readonly known: boolean;
  /** It may send tests. */
  readonly tests: boolean;
  /** SHA-256 of its bearer token, lower-case hex. */
  readonly tokenSha256: string;
};

/** The sources of the newest configuration; asked for every request, so that a token that was taken away is out at once. */
export type Sources = () => readonly Source[];

export function sourcesOf(setups: Pick<AppliedRevisions, 'config'>): Sources {
  return () =>
    (setups.config()?.desks ?? []).flatMap(({ id, sources }) => sources.map((source) => ({ ...source, desk: id })));
}

const BEARER = /^Bearer +([\x21-\x7e]{1,500})$/i;

/**
 * The source whose token this is. Hashes are compared, all of them to the end and in constant time, so that the time it
 * takes tells neither how much of a token was right nor whose it is.
 */
export function sourceOf(authorization: string | undefined, sources: readonly Source[]): Source | undefined {
  const token = BEARER.exec(authorization ?? '')?.[1];
  const given = createHash('sha256')
    .update(token ?? '', 'utf8')
    .digest();
  let found: Source | undefined;
  for (const source of sources) if (isSame(given, Buffer.from(source.tokenSha256, 'hex'))) found = source;
  return token === undefined ? undefined : found;
}

function isSame(given: Buffer, kept: Buffer): boolean {
  return timingSafeEqual(given, kept.length === given.length ? kept : Buffer.alloc(given.length));
}

/** A request that the source hands in itself: its token vouches for it. */
export function tokenOrigin({ desk, id, name, network, known, tests }: Source): Origin {
  return {
    desk,
    source: id,
    ...(network === undefined ? {} : { network }),
    known,
    mayTest: tests,
    verification: { how: 'token', by: name },
    actor: { kind: 'source', source: id },
  };
}

/** A mail that the source passes on: the token tells who passed it on, and a From line proves nothing. */
export function mailOrigin(source: Source): Origin {
  return { ...tokenOrigin(source), known: false, mayTest: false, verification: { how: 'unverified', by: '' } };
}
