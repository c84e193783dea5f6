import { fold } from './fold.ts';
import { TEST_LABELS } from './keywords/claims.ts';

const LABELS: ReadonlySet<string> = new Set(
  Object.values(TEST_LABELS).flatMap((list) => list.split(',').map((label) => fold(label.trim()))),
);

/** Enough for a label and what ends it; a whole text is not taken apart for it. */
const BEGINNING = 100;

/** What ends a label: the end of the line, a bracket or mark, a dash that stands by itself. */
const END = /[\r\n\])}>:!|.*。]|\s[-–—]|[-–—]\s/u;

/** True for "TEST", "[Test] Please confirm", "Übung: …": the first words are a label, and it says test or exercise. */
export function isLabelledTest(text = ''): boolean {
  const beginning = fold(text.slice(0, BEGINNING)).replace(/^[\p{P}\p{S}\s]+/u, '');
  const [label = ''] = beginning.split(END);
  return LABELS.has(label.trim());
}
