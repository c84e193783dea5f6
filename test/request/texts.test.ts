import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import en from '../../src/locales/en/request.json' with { type: 'json' };
import fr from '../../src/locales/fr/request.json' with { type: 'json' };
import { FLAG_CODES } from '../../src/request/checks.ts';
import { KINDS } from '../../src/request/kinds.ts';
import { NOT_POSSIBLE_REASONS } from '../../src/request/not-possible.ts';
import { REASONS, reasonText } from '../../src/request/triage-reason.ts';
import { NOTES, ROWS_AFTER_A_DESKS_OWN, ROWS_BEFORE_A_DESKS_OWN } from '../../src/request/triage-table.ts';
import { URGENCIES } from '../../src/request/urgency.ts';

const CATALOGUES: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, fr };

const rows = [...ROWS_BEFORE_A_DESKS_OWN, ...ROWS_AFTER_A_DESKS_OWN];
const KEYS_IN_USE = [
  ...KINDS.flatMap(({ name, items, outcomes, refusalGrounds, clocks }) => [
    name,
    ...items.map((item) => item.name),
    ...outcomes.map((outcome) => `outcome.${outcome}`),
    ...refusalGrounds.map(({ text }) => text),
    ...clocks.flatMap((clock) => [`clock.${clock.name}`, `clock_basis.${clock.basis}`]),
  ]),
  'clock.progress_promised',
  ...NOT_POSSIBLE_REASONS.map(({ text }) => text),
  ...['missing', 'not_known', 'denied'].map((why) => `completeness.${why}`),
  ...URGENCIES.map((urgency) => `urgency.${urgency}`),
  ...rows.map(({ id }) => `triage.row.${id}`),
  ...REASONS.map((reason) => reasonText(reason).key),
  reasonText('keyword:child_abuse').key,
  ...NOTES.map((note) => `triage.note.${note}`),
  ...FLAG_CODES.map((code) => `flag.${code}`),
  ...['own_reference', 'identifier_time'].map((type) => `likeness.${type}`),
  'sanitise.replaced',
];

describe.each(Object.entries(CATALOGUES))('the catalogue of requests in %s', (language, catalogue) => {
  test('has a text for everything that the rules can say, and no other', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...new Set(KEYS_IN_USE)].sort());
  });

  test('has texts that can be filled in, with the values that English has', () => {
    for (const [key, text] of Object.entries(catalogue)) {
      const names = valuesOf(text);
      expect([key, names]).toEqual([key, valuesOf(CATALOGUES['en']?.[key] ?? '')]);
      const values = Object.fromEntries(names.map((name) => [name, 2]));
      const told = String(new IntlMessageFormat(text, language).format(values));
      expect(told).not.toMatch(/[{}#]/);
      expect(told.match(/2/g)?.length ?? 0).toBeGreaterThanOrEqual(names.length);
    }
  });
});

test('a missing item is told by its article', () => {
  const values = { article: 'Art. 29(2)(e)', item: en['item.necessity'] };
  expect(new IntlMessageFormat(en['completeness.missing'], 'en').format(values)).toBe(
    'Art. 29(2)(e) – necessity: missing',
  );
});

test.each(['missing', 'not_known', 'denied'] as const)(
  'an item of several things is told in right words (%s)',
  (why) => {
    const values = { article: 'Art. 9(3)(d)', item: en['item.offence_and_provisions'] };
    const told = String(new IntlMessageFormat(en[`completeness.${why}`], 'en').format(values));
    expect(told).toMatch(/^Art\. 9\(3\)\(d\) – offence, provisions and penalties: /);
  },
);

test("a reason of a desk's own is told by the name that the desk gave it", () => {
  expect(reasonText('keyword:child_abuse').values).toEqual({ reason: 'child_abuse' });
});

function valuesOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name).sort();
}
