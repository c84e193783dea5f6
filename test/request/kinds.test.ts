import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../rota/instant.ts';
import { startClocks } from '../../src/request/clocks.ts';
import { completeness } from '../../src/request/completeness.ts';
import type { Item, Kind } from '../../src/request/kind.ts';
import { KINDS, kindOf } from '../../src/request/kinds.ts';
import { NOT_POSSIBLE_REASONS } from '../../src/request/not-possible.ts';
import { triage } from '../../src/request/triage.ts';
import { context, message, standardKind } from './build.ts';

describe('the registry of kinds', () => {
  test('knows preservation, emergency disclosure and other, and says so of what it does not know', () => {
    expect(KINDS.map(({ id }) => id)).toEqual(['preservation', 'emergency_disclosure', 'other']);
    expect(kindOf('preservation')?.legalBasis).toContain('Art. 29');
    expect(kindOf('access_blocking')).toBeUndefined();
  });

  test('gives preservation the six items of Art. 29(2), a to f, as the law', () => {
    const law = standardKind('preservation').items.filter(({ requirement }) => requirement === 'law');
    expect(law.map(({ article }) => article)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((n) => `Art. 29(2)(${n})`));
    expect(law.filter(({ mayBeNotKnown }) => mayBeNotKnown).map(({ id }) => id)).toEqual(['custodian']);
  });

  test('closes the list of refusal grounds of preservation, dual criminality only under a reservation', () => {
    const { refusalGrounds, groundsClosed } = standardKind('preservation');
    expect(groundsClosed).toBe(true);
    expect(refusalGrounds.map(({ article, needsReservation = false }) => [article, needsReservation])).toEqual([
      ['Art. 29(5)(a)', false],
      ['Art. 29(5)(b)', false],
      ['Art. 29(4)', true],
    ]);
  });

  test('invents no refusal ground for an emergency disclosure and says that its wording was not read', () => {
    const { refusalGrounds, groundsClosed, wordingRead } = standardKind('emergency_disclosure');
    expect(refusalGrounds).toEqual([]);
    expect(groundsClosed).toBe(false);
    expect(wordingRead).toBe(false);
  });

  test.each(KINDS)('has no item, ground or clock twice in $id', ({ items, refusalGrounds, clocks }) => {
    for (const ids of [
      items.map(({ id }) => id),
      refusalGrounds.map(({ code }) => code),
      clocks.map(({ name }) => name),
    ]) {
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('has the reasons for which something is not possible, and only "other" needs words', () => {
    expect(NOT_POSSIBLE_REASONS.filter(({ needsWords }) => needsWords).map(({ code }) => code)).toEqual(['other']);
    expect(NOT_POSSIBLE_REASONS.map(({ code }) => code)).toContain('court_order_needed');
  });
});

describe('the rest of the matrix', () => {
  const item = (id: string, article: string): Item => ({ id, article, requirement: 'law', name: `item.${id}` });
  const base: Omit<Kind, 'id' | 'legalBasis' | 'triagedAs' | 'items'> = {
    name: 'kind.other',
    wordingRead: false,
    outcomes: ['answered', 'refused'],
    refusalGrounds: [],
    groundsClosed: false,
    clocks: [],
  };
  const answerIn = (length: number, byUrgency: Kind['clocks'][number]['byUrgency'] = {}): Kind['clocks'][number] => ({
    name: 'answer',
    startsWith: 'receipt',
    length,
    byUrgency,
    warnBefore: HOUR,
    basis: 'law',
    source: 'the instrument itself',
  });

  const REST: readonly Kind[] = [
    {
      ...base,
      id: 'partial_disclosure',
      legalBasis: 'Art. 30',
      triagedAs: 'preserve',
      items: [item('parent', 'Art. 30(1)'), item('communication', 'Art. 30(1)')],
      refusalGrounds: [{ code: 'political_offence', article: 'Art. 30(2)(a)', text: 'ground.political_offence' }],
      groundsClosed: true,
    },
    {
      ...base,
      id: 'mla_stored_data',
      legalBasis: 'Art. 31',
      triagedAs: 'routine',
      items: [item('legal_basis', 'Art. 31')],
      clocks: [{ ...answerIn(8 * HOUR), name: 'estimate' }],
    },
    { ...base, id: 'locate_suspect', legalBasis: 'Art. 35(1)(c)', triagedAs: 'locate', items: [] },
    { ...base, id: 'emergency_mla', legalBasis: '2AP Art. 10', triagedAs: 'emergency', items: [] },
    {
      ...base,
      id: 'effect_order',
      legalBasis: '2AP Art. 8',
      triagedAs: 'routine',
      items: [item('order', '2AP Art. 8(3)')],
      clocks: [{ ...answerIn(45 * DAY), name: 'serve' }],
    },
    { ...base, id: 'spontaneous', legalBasis: 'Art. 26', triagedAs: 'routine', items: [item('content', 'Art. 26(1)')] },
    {
      ...base,
      id: 'eu_spoc',
      legalBasis: 'Directive (EU) 2023/977',
      triagedAs: 'spoc',
      items: [item('objective_reasons', 'Art. 4(3)')],
      clocks: [answerIn(7 * DAY, { emergency: 8 * HOUR, urgent: 8 * HOUR })],
    },
    {
      ...base,
      id: 'ping',
      legalBasis: 'directory test',
      triagedAs: 'test',
      items: [],
      clocks: [answerIn(15 * MINUTE)],
    },
  ];
  const kinds = [...KINDS, ...REST];

  test.each([
    ['partial_disclosure', 'urgent', '8'],
    ['mla_stored_data', 'routine', '11'],
    ['locate_suspect', 'urgent', '6a'],
    ['emergency_mla', 'emergency', '2'],
    ['effect_order', 'routine', '11'],
    ['spontaneous', 'routine', '11'],
    ['eu_spoc', 'routine', '10'],
    ['ping', 'test', '1'],
  ])('%s is found, told what it lacks, triaged and timed without new code', (id, urgency, row) => {
    const kind = kindOf(id, kinds);
    if (kind === undefined) throw new Error(`${id} is not in the registry`);
    const { missing } = completeness(kind, message());
    expect(missing.map(({ item }) => item)).toEqual(kind.items.map((item) => item.id));
    const from = context({ kind, sourceMayTest: true, missing: missing.map(({ item }) => item) });
    expect(triage(message(), from)).toMatchObject({ urgency, row });
    const started = startClocks(kind, 'routine', { zone: 'UTC', clocks: {} }, 0);
    expect(started.map(({ name, dueAt }) => [name, dueAt])).toEqual(
      kind.clocks.map(({ name, length }) => [name, length]),
    );
  });

  test('an urgent request of a single point of contact has 8 hours instead of 7 days', () => {
    const [clock] = startClocks(
      kindOf('eu_spoc', kinds) ?? standardKind('other'),
      'urgent',
      { zone: 'UTC', clocks: {} },
      0,
    );
    expect(clock?.dueAt).toBe(8 * HOUR);
  });
});
