import { describe, expect, test } from 'vitest';
import { type AddedRow, triage, triageTable } from '../../src/request/triage.ts';
import { context, message, standardKind } from './build.ts';

const preservation = standardKind('preservation');

describe('a table that a desk extends', () => {
  const childAbuse: AddedRow = { id: 'child_abuse', urgency: 'urgent', when: { keywords: ['child_abuse'] } };
  const keywords = { child_abuse: ['csam$', 'grooming'] };

  test('finds its own classes of keywords and says which', () => {
    const table = triageTable({ keywords, rows: [childAbuse] });
    expect(triage(message({ text: 'Grooming in a game' }), context(), table)).toMatchObject({
      urgency: 'urgent',
      row: 'child_abuse',
      reason: 'keyword:child_abuse',
    });
    expect(triage(message({ text: 'A question' }), context(), table).row).toBe('11');
  });

  test('knows more keywords of a class that exists', () => {
    const table = triageTable({ keywords: { life: ['red alert'] } });
    expect(triage(message({ text: 'Red  ALERT!' }), context(), table)).toMatchObject({
      row: '2',
      reason: 'keyword:life',
    });
    expect(triage(message({ text: 'Red alert' }), context()).row).toBe('11');
  });

  test('needs all conditions of a row and one entry of each', () => {
    const when = { kinds: ['other'], grounds: ['custody', 'data_loss'], countries: ['NO', 'PT'] } as const;
    const table = triageTable({ rows: [{ id: 'north', urgency: 'emergency', when }] });
    const said = message({ grounds: ['data_loss'], sender: { country: 'PT' } });
    expect(triage(said, context(), table)).toMatchObject({ row: 'north', reason: 'added_row' });
    expect(triage(said, context({ kind: preservation }), table).row).toBe('5');
    expect(triage(message({ ...said, grounds: ['locate_suspect'] }), context(), table).row).toBe('6a');
    expect(triage(message({ ...said, sender: {} }), context(), table).row).toBe('5');
  });

  test('tells by the source who wrote, whatever the message says of its sender', () => {
    const table = triageTable({ rows: [{ id: 'hub', urgency: 'urgent', when: { sources: ['hub', 'ncb'] } }] });
    expect(triage(message(), context({ source: 'hub' }), table).row).toBe('hub');
    expect(triage(message({ sender: { organisation: 'hub' } }), context({ source: 'portal' }), table).row).toBe('11');
  });

  test('puts its emergencies before its urgent rows, and both behind row 3', () => {
    const urgent: AddedRow = { id: 'urgent_first', urgency: 'urgent', when: {} };
    const table = triageTable({ rows: [urgent, { id: 'top', urgency: 'emergency', when: { kinds: ['other'] } }] });
    expect(triage(message(), context(), table).row).toBe('top');
    expect(triage(message({ grounds: ['life'] }), context(), table).row).toBe('2');
  });

  test('gives way to "not urgent" of a known sender unless the row says that it does not', () => {
    const said = message({ urgency: 'not_urgent', text: 'grooming' });
    expect(triage(said, context(), triageTable({ keywords, rows: [childAbuse] })).row).toBe('11');
    const firm = triageTable({ keywords, rows: [{ ...childAbuse, evenIfNotUrgent: true }] });
    expect(triage(said, context(), firm).row).toBe('child_abuse');
  });

  test.each(['', '  ', '…', 'life …', '… life', '&', 'x & ', '$', '!?', '紧急/緊急'])(
    'refuses the keyword "%s" by name',
    (keyword) => {
      expect(() => triageTable({ keywords: { life: [keyword] } })).toThrow(`keyword ${JSON.stringify(keyword)} cannot`);
    },
  );
});
