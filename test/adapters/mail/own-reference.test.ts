import { describe, expect, test } from 'vitest';
import { ownReference } from '../../../adapters/mail/own-reference.ts';

describe('a reference is taken where a label says whose it is', () => {
  test.each([
    ['', 'Our reference: XYZ-1', 'XYZ-1'],
    ['', 'Please quote our ref. 26/4411.', '26/4411'],
    ['', 'Notre référence : PN 2026/17', 'PN 2026/17'],
    ['', 'Aktenzeichen: 12 Js 345/26', '12 Js 345/26'],
    ['', 'Our ref EH-9 / 13 Nov', 'EH-9'],
    ['', 'Our ref 26/4411 Inspector Aas', '26/4411'],
    ['', 'Réf. : 4.12/26. 3 personnes', '4.12/26'],
    ['', '2. Reference / case number: WM/26/118', 'WM/26/118'],
    ['', 'Ref: A-1\nOur ref: B-2', 'B-2'],
    ['Request, ref NOR-2026-0311', 'no label here', 'NOR-2026-0311'],
    ['Demande, réf. VAL-77/2026', '', 'VAL-77/2026'],
  ])('%s | %s', (subject, text, reference) => {
    expect(ownReference(subject, text)).toBe(reference);
  });
});

describe('no reference', () => {
  test.each([
    ['one of ours', 'Re: your ref T-2026-0042', 'Your reference: T-2026-0042'],
    ['one of ours in French', 'votre réf. T-2026-0042', ''],
    ['a quoted one', '', '> Our reference: T-2026-0042'],
    ['a word without a digit', '', 'Reference: none yet'],
    ['a label within a sentence', '', 'as you said in reference: 5 times'],
    ['the number of the next item', '', 'Reference:\n\n333. The offence'],
    ['one or two digits', '', 'Reference: 5'],
    ['a longer word', '', 'Prefs: 12'],
  ])('%s', (_, subject, text) => {
    expect(ownReference(subject, text)).toBeUndefined();
  });
});

test('a label before endless space costs no time', () => {
  const started = performance.now();
  expect(ownReference('', `Our ref${' '.repeat(1_000_000)}`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1000);
});
