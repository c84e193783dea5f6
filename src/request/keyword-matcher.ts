import { fold } from './fold.ts';
import type { Keywords } from './keywords.ts';

/** The classes whose keywords stand in a text. */
export type Matcher = (text: string) => ReadonlySet<string>;

/** So many words may stand in a gap. */
const GAP = 5;

/** Scripts that write no spaces or glue words together: their keywords are found anywhere. */
const ANYWHERE =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Arab}\p{sc=Hebr}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const BETWEEN_IDEOGRAPHS = /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]) (?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])/gu;

/** A word, or what ends a sentence or paragraph. Phrases never reach across the latter. */
const WORD_OR_END = /[\p{L}\p{N}]+|[.!?;。؟؛]|\n\s*\n/gu;
const SENTENCE_END = '';

type Term = { readonly starts: readonly Start[]; readonly afterGap: boolean };
type Start = { readonly text: string; readonly whole: boolean };
type Phrase = { readonly class: string; readonly terms: readonly Term[] };
type Hit = { readonly class: string; readonly from: number; readonly until: number };

/**
 * Compiles keywords into one matcher. A keyword is one or more words; each matches where a word of the text starts
 * (a single letter only as a whole word). `bomb$` matches the whole word only; `him/her` either; `threat … life` with up
 * to five words between, in one sentence; `attack & hospital` the same in either order. Case, accents and what cannot be seen are ignored. Keywords of scripts without spaces
 * are found anywhere, as they are written. `silencedBy` names the classes inside whose phrases a keyword counts for nothing.
 *
 * Throws when a keyword has nothing to look for; the message names it.
 */
export function compileKeywords(keywords: Keywords, silencedBy: Readonly<Record<string, readonly string[]>>): Matcher {
  const entries = Object.entries(keywords).flatMap(([name, list]) => list.map((keyword) => ({ name, keyword })));
  const index = indexOf(
    entries
      .filter(({ keyword }) => !ANYWHERE.test(keyword))
      .flatMap(({ name, keyword }) => orders(keyword).map((text) => ({ class: name, terms: termsOf(text, keyword) }))),
  );
  const letters = entries
    .filter(({ keyword }) => ANYWHERE.test(keyword))
    .map(({ name, keyword }) => ({ class: name, text: lettersOf(keyword) }));
  return (text) => {
    const folded = fold(text);
    const found = heard(phraseHits(folded, index), silencedBy);
    if (!ANYWHERE.test(folded)) return found;
    return new Set([...found, ...heard(letterHits(squeeze(folded), letters), silencedBy)]);
  };
}

function orders(keyword: string): string[] {
  const [one = '', other] = keyword.split(' & ');
  return other === undefined ? [one] : [`${one} … ${other}`, `${other} … ${one}`];
}

function termsOf(text: string, keyword: string): Term[] {
  const terms: Term[] = [];
  let afterGap = false;
  for (const word of text.split(/\s+/)) {
    for (const starts of word === '…' ? [] : startsOf(word)) {
      terms.push({ starts, afterGap });
      afterGap = false;
    }
    afterGap ||= word === '…';
  }
  if (terms.length === 0 || afterGap || terms[0]?.afterGap) {
    throw fault(keyword, 'at least one letter or digit, and a word on both sides of … and &');
  }
  return terms;
}

/** Alternatives are one word each; other punctuation (`e-mail`, `P/O`) stands between words, as it does in a text. */
function startsOf(word: string): Start[][] {
  const alternatives = word.split('/').map(startOf);
  if (alternatives.length > 1 && alternatives.every(({ text }) => /^[\p{L}\p{N}]{2,}$/u.test(text)))
    return [alternatives];
  const { text, whole } = startOf(word);
  const parts = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return parts.map((part, index) => [{ text: part, whole: whole || part.length === 1 || index < parts.length - 1 }]);
}

function startOf(word: string): Start {
  const whole = word.endsWith('$');
  return { text: fold(whole ? word.slice(0, -1) : word), whole };
}

function lettersOf(keyword: string): string {
  if (/[/$…&]/.test(keyword)) throw fault(keyword, 'only the text itself: in this script it is found anywhere');
  return squeeze(fold(keyword)).trim();
}

function fault(keyword: string, expected: string): Error {
  return new Error(`keyword ${JSON.stringify(keyword)} cannot be looked for: expected ${expected}`);
}

/** Phrases by the first letters (three, or fewer where the word is shorter) of their first word. */
function indexOf(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    for (const key of new Set(phrase.terms[0]?.starts.map(({ text }) => text.slice(0, 3)))) {
      index.set(key, [...(index.get(key) ?? []), phrase]);
    }
  }
  return index;
}

function* phraseHits(folded: string, index: ReadonlyMap<string, readonly Phrase[]>): Generator<Hit> {
  const words = (folded.match(WORD_OR_END) ?? []).map((word) => (/[\p{L}\p{N}]/u.test(word) ? word : SENTENCE_END));
  for (const [at, word] of words.entries()) {
    for (let length = Math.min(3, word.length); length > 0; length -= 1) {
      for (const phrase of index.get(word.slice(0, length)) ?? []) {
        const until = endOf(phrase.terms, 0, words, at);
        if (until !== undefined) yield { class: phrase.class, from: at, until };
      }
    }
  }
}

/** Where the rest of a phrase ends when its term `next` is looked for at the word `at`; undefined when it is not there. */
function endOf(terms: readonly Term[], next: number, words: readonly string[], at: number): number | undefined {
  const term = terms[next];
  if (term === undefined) return at;
  for (let skipped = 0; skipped <= (term.afterGap ? GAP : 0); skipped += 1) {
    const word = words[at + skipped];
    if (word === undefined || word === SENTENCE_END) return undefined;
    const until = fits(term, word) ? endOf(terms, next + 1, words, at + skipped + 1) : undefined;
    if (until !== undefined) return until;
  }
  return undefined;
}

function fits({ starts }: Term, word: string): boolean {
  return starts.some(({ text, whole }) => (whole ? word === text : word.startsWith(text)));
}

function* letterHits(text: string, keywords: readonly { class: string; text: string }[]): Generator<Hit> {
  for (const keyword of keywords) {
    for (let at = text.indexOf(keyword.text); at !== -1; at = text.indexOf(keyword.text, at + 1)) {
      yield { class: keyword.class, from: at, until: at + keyword.text.length };
    }
  }
}

/** The classes of which at least one hit lies outside every phrase that silences it. */
function heard(hits: Iterable<Hit>, silencedBy: Readonly<Record<string, readonly string[]>>): Set<string> {
  const found = new Set<string>();
  const open: Hit[] = [];
  const covered = new Map<string, Set<number>>();
  const silencing = new Set(Object.values(silencedBy).flat());
  for (const hit of hits) {
    if (silencing.has(hit.class)) cover(covered, hit);
    if (silencedBy[hit.class] === undefined) found.add(hit.class);
    else open.push(hit);
  }
  for (const hit of open) {
    const silent = silencedBy[hit.class]?.some((name) => isCovered(hit, covered.get(name)));
    if (!silent) found.add(hit.class);
  }
  return found;
}

function cover(covered: Map<string, Set<number>>, { class: name, from, until }: Hit): void {
  const places = covered.get(name) ?? new Set<number>();
  for (let at = from; at < until; at += 1) places.add(at);
  covered.set(name, places);
}

function isCovered({ from, until }: Hit, places: ReadonlySet<number> | undefined): boolean {
  if (places === undefined) return false;
  for (let at = from; at < until; at += 1) if (places.has(at)) return true;
  return false;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').replace(BETWEEN_IDEOGRAPHS, '');
}
