import { HOUR, rfc3339 } from '../../rota/instant.ts';
import { canonicalAddress, parseAddress } from './address.ts';
import { fold, foldToLetters } from './fold.ts';
import type { Identifier, Message } from './message.ts';
import { readTime } from './sender-time.ts';

/**
 * What makes two requests alike. The type is the reason that both cards show; the value is case content and is only
 * ever kept as a keyed hash. Likeness links requests, it never changes who is paged.
 */
export type LikenessKey = { readonly type: 'own_reference' | 'identifier_time'; readonly value: string };

/** A reference this short ("1", "A2") would link strangers. */
const SHORTEST_REFERENCE = 3;

/**
 * The keys by which this message is like another: its own reference, without regard to case, spaces and punctuation;
 * each identifier within the same hour. A time without a zone is alike only to the same wall clock without a zone.
 * An address without a time says nothing (it had another user the day before); an account without one does.
 */
export function likenessKeys(message: Message): readonly LikenessKey[] {
  const reference = foldToLetters(message.ownReference ?? '');
  const keys: LikenessKey[] =
    reference.length < SHORTEST_REFERENCE ? [] : [{ type: 'own_reference', value: reference }];
  for (const identifier of message.identifiers) {
    const value = identifierKey(identifier);
    if (value !== undefined && !keys.some((key) => key.value === value)) keys.push({ type: 'identifier_time', value });
  }
  return keys;
}

function identifierKey(identifier: Identifier): string | undefined {
  const what = CANONICAL[identifier.type](identifier.value);
  const hour = hourOf(identifier);
  if (what === '' || (identifier.type === 'ip' && hour === undefined)) return undefined;
  return `${identifier.type} ${what} ${hour ?? 'without time'}`;
}

const CANONICAL: Readonly<Record<Identifier['type'], (value: string) => string>> = {
  ip: (value) => {
    const address = parseAddress(value);
    return address === undefined ? foldToLetters(value) : canonicalAddress(address);
  },
  account: (value) => fold(value).trim(),
  email: (value) => fold(refanged(value.trim())),
  phone: (value) => value.normalize('NFKC').replace(/\D/g, '').replace(/^00/, ''),
  url: canonicalUrl,
  domain: (value) => fold(refanged(value.trim())).replace(/\.$/, ''),
  other: (value) => foldToLetters(value),
};

/** Without scheme, fragment and slashes at the end. */
function canonicalUrl(value: string): string {
  const [page = ''] = fold(refanged(value.trim())).split('#');
  let end = page.length;
  while (page[end - 1] === '/') end -= 1;
  return page.slice(0, end).replace(/^[a-z]+:\/\//, '');
}

/** The hour in UTC, or that of a wall clock whose zone nobody stated. Undefined when no time can be read. */
function hourOf({ at, atUtc }: Identifier): string | undefined {
  const utc = atUtc === undefined ? undefined : readTime(atUtc);
  if (utc?.form === 'zone_not_stated') return hour(utc.asUtc);
  const time = utc?.form === 'instant' ? utc : readTime(at ?? '');
  if (time.form === 'instant') return hour(time.at);
  return time.form === 'zone_not_stated' ? `somewhere ${hour(time.asUtc)}` : undefined;
}

function hour(at: number): string {
  return rfc3339(Math.floor(at / HOUR) * HOUR).slice(0, 13);
}

/** Dots and schemes that were defused so that nobody clicks on them: example[.]net, hxxp://. */
function refanged(text: string): string {
  return text.replaceAll('[.]', '.').replace(/^hxxp/i, 'http');
}
