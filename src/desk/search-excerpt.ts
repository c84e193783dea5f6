import type { SearchTerm } from '../ports/search.ts';
import { fold } from '../request/fold.ts';
import type { Passage, SearchField } from './search-pieces.ts';
import { joined, partSpans } from './search-words.ts';

/** Where a question was met: a short piece of the text, in parts, those that were asked for marked as hits. */
export type Excerpt = { readonly field: SearchField; readonly parts: readonly ExcerptPart[] };
export type ExcerptPart = { readonly text: string; readonly hit: boolean };

type Span = { readonly start: number; readonly end: number };

/** Of a text so much is looked through, for a look at where it was met. */
const LOOKED_THROUGH = 50_000;
/** Letters before the first hit, and in all. */
const BEFORE = 40;
const LENGTH = 160;
const MOST_HITS = 20;

/**
 * The best places that show the terms, at most `most`: those first that show a term which none before did, in the order of
 * the passages. Empty when none of the passages has any of them.
 */
export function excerptsOf(
  passages: readonly Passage[],
  terms: readonly SearchTerm[],
  most: number,
): readonly Excerpt[] {
  const open = new Set(terms);
  const excerpts: Excerpt[] = [];
  for (const { field, text } of passages) {
    if (excerpts.length >= most || open.size === 0) break;
    const hits = hitsIn(text.slice(0, LOOKED_THROUGH), terms, open);
    if (hits.length > 0) excerpts.push({ field, parts: partsAround(text, hits) });
  }
  return excerpts;
}

/** Where terms begin words of the text, once one that is still open does; those are open no longer. */
function hitsIn(text: string, terms: readonly SearchTerm[], open: Set<SearchTerm>): readonly Span[] {
  const hits: Span[] = [];
  let isNew = false;
  for (const { 0: run, index } of text.matchAll(/\S+/gu)) {
    const spans = partSpans(run).map(({ start, end }) => ({ start: index + start, end: index + end }));
    const folded = spans.map(({ start, end }) => fold(text.slice(start, end)));
    for (const at of spans.keys()) {
      for (const term of terms) {
        const length = lengthOfHit(folded.slice(at), term);
        const last = spans[at + length - 1];
        const first = spans[at];
        if (length === 0 || first === undefined || last === undefined) continue;
        isNew ||= open.delete(term);
        hits.push({ start: first.start, end: last.end });
      }
    }
    if (hits.length >= MOST_HITS) break;
  }
  return isNew ? hits : [];
}

/** How many of these parts, from the first on, the term stands for; 0: it does not begin here. */
function lengthOfHit(parts: readonly string[], { word, prefix }: SearchTerm): number {
  if (word.startsWith('=')) return 0;
  for (let length = 1; length <= parts.length && length <= MOST_PARTS; length++) {
    const whole = joined(parts.slice(0, length));
    if (whole === word || (prefix && whole.startsWith(word))) return length;
    if (!word.startsWith(whole)) return 0;
  }
  return 0;
}

const MOST_PARTS = 8;

/** The text around the first hit, cut between words where it can be. */
function partsAround(text: string, hits: readonly Span[]): readonly ExcerptPart[] {
  const [first] = hits;
  const from = first === undefined || first.start <= BEFORE ? 0 : wordStart(text, first.start - BEFORE, first.start);
  const until = Math.min(text.length, from + LENGTH);
  const parts: ExcerptPart[] = [];
  let at = from;
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start)) {
    if (start < at || end > until) continue;
    parts.push({ text: text.slice(at, start), hit: false }, { text: text.slice(start, end), hit: true });
    at = end;
  }
  const rest = text.slice(at, until);
  const cut = until < text.length ? rest.replace(/\s+\S*$/u, '') : rest;
  const all = [
    { text: from > 0 ? '… ' : '', hit: false },
    ...parts,
    { text: `${cut}${until < text.length ? ' …' : ''}`, hit: false },
  ];
  return all.map((part) => ({ ...part, text: part.text.replace(/\s+/gu, ' ') })).filter((part) => part.text !== '');
}

function wordStart(text: string, from: number, before: number): number {
  const space = /\s/u.exec(text.slice(from, before));
  return space === null ? from : from + space.index + 1;
}
