import { describe, expect, test } from 'vitest';
import { instant } from '../../rota/instant.ts';
import { triage } from '../../src/request/triage.ts';
import { context, kindTriagedAs, message, standardKind } from './build.ts';

const preservation = standardKind('preservation');

describe('each row of the urgency table', () => {
  test('1: a test of a source known to us that may test is a test', () => {
    const from = context({ sourceMayTest: true });
    const expected = { urgency: 'test', row: '1' };
    expect(triage(message({ urgency: 'test' }), from)).toMatchObject({ ...expected, reason: 'claim:test' });
    expect(triage(message({ text: 'Half-yearly ping test' }), from)).toMatchObject({
      ...expected,
      reason: 'keyword:test',
    });
    const ping = context({ sourceMayTest: true, kind: kindTriagedAs('test') });
    expect(triage(message(), ping)).toMatchObject({ ...expected, reason: 'kind:test' });
  });

  test('2: a risk to life is an emergency by ground, kind, words or claim', () => {
    const expected = { urgency: 'emergency', row: '2' };
    expect(triage(message({ grounds: ['life'] }), context())).toMatchObject({ ...expected, reason: 'ground:life' });
    const kind = standardKind('emergency_disclosure');
    expect(triage(message(), context({ kind }))).toMatchObject({ ...expected, reason: 'kind:emergency' });
    expect(triage(message({ text: 'a bomb threat' }), context())).toMatchObject({
      ...expected,
      reason: 'keyword:life',
    });
    expect(triage(message({ urgency: 'emergency' }), context())).toMatchObject({
      ...expected,
      reason: 'claim:emergency',
      notes: ['ask_for_ground'],
    });
  });

  test('3: an attack on infrastructure with an effect on public safety is an emergency', () => {
    const expected = { urgency: 'emergency', row: '3' };
    expect(triage(message({ grounds: ['public_security'] }), context())).toMatchObject({
      ...expected,
      reason: 'ground:public_security',
    });
    expect(triage(message({ text: 'Ransomware against a water utility' }), context())).toMatchObject({
      ...expected,
      reason: 'keyword:infrastructure',
    });
  });

  test('4: a person in custody is urgent', () => {
    const expected = { urgency: 'urgent', row: '4' };
    expect(triage(message({ grounds: ['custody'] }), context())).toMatchObject({
      ...expected,
      reason: 'ground:custody',
    });
    expect(triage(message({ text: 'Il est en garde à vue.' }), context())).toMatchObject({
      ...expected,
      reason: 'keyword:custody',
    });
  });

  test('5: data about to be lost are urgent, and preserved first', () => {
    const expected = { urgency: 'urgent', row: '5', notes: ['preserve_first'] };
    expect(triage(message({ grounds: ['data_loss'] }), context())).toMatchObject({
      ...expected,
      reason: 'ground:data_loss',
    });
    expect(triage(message({ items: { necessity: 'The logs are deleted daily.' } }), context())).toMatchObject({
      ...expected,
      reason: 'keyword:data_loss',
    });
  });

  test('6: marked urgent without a ground is urgent for now, and the ground is asked for', () => {
    const expected = { urgency: 'urgent', row: '6', provisional: true, notes: ['ask_for_ground'] };
    expect(triage(message({ urgency: 'urgent' }), context())).toMatchObject({ ...expected, reason: 'claim:urgent' });
    expect(triage(message({ subject: 'URGENT: a question' }), context())).toMatchObject({
      ...expected,
      reason: 'keyword:urgent',
    });
  });

  test('6: a kind that nobody chose is urgent for now', () => {
    expect(triage(message({ text: 'See attached.' }), context({ kindChosenBy: 'nobody' }))).toEqual({
      urgency: 'urgent',
      row: '6',
      reason: 'kind_not_chosen',
      provisional: true,
      notes: ['choose_kind'],
    });
  });

  test('6a: a suspect to be located is urgent, marked so or not', () => {
    const expected = { urgency: 'urgent', row: '6a' };
    expect(triage(message({ grounds: ['locate_suspect'], urgency: 'urgent' }), context())).toMatchObject(expected);
    expect(triage(message({ text: 'Please locate the suspect.' }), context())).toMatchObject(expected);
    expect(triage(message(), context({ kind: kindTriagedAs('locate') }))).toMatchObject(expected);
  });

  test('7: a complete preservation is urgent', () => {
    expect(triage(message(), context({ kind: preservation }))).toEqual({
      urgency: 'urgent',
      row: '7',
      reason: 'complete',
      provisional: false,
      notes: ['preserve_first'],
    });
  });

  test('8: an incomplete preservation is as urgent, and what is missing is asked for', () => {
    const from = context({ kind: preservation, missing: ['necessity'] });
    const expected = { urgency: 'urgent', row: '8', notes: ['preserve_first', 'ask_for_missing'] };
    expect(triage(message(), from)).toMatchObject(expected);
  });

  describe('9: an extension with less than seven days left is urgent', () => {
    const until = (preservedUntil: string, kind = preservation) =>
      triage(message({ preservedUntil }), context({ now: instant('2026-11-22T03:00:00Z'), kind, missing: ['data'] }));

    test('and answered before the end', () => {
      const expected = { urgency: 'urgent', row: '9', reason: 'hold_ends_soon' };
      const notes = ['preserve_first', 'answer_before_expiry'];
      expect(until('2026-11-29T02:59:59Z')).toMatchObject({ ...expected, notes });
      expect(until('2026-11-21T03:00:00Z'), 'ended yesterday').toMatchObject(expected);
    });

    test('and the end is told on whatever row it falls', () => {
      const marked = message({ urgency: 'urgent', preservedUntil: '2026-11-24' });
      const expected = { row: '6', notes: ['preserve_first', 'answer_before_expiry', 'ask_for_ground'] };
      expect(triage(marked, context({ kind: preservation }))).toMatchObject(expected);
    });

    test('with seven days left it is a preservation like every other', () => {
      expect(until('2026-11-29T03:00:00Z')).toMatchObject({ urgency: 'urgent', row: '8' });
    });

    test.each([
      ['without an offset', '2026-11-29T16:59:59', '2026-11-29T17:00:00'],
      ['a date', '2026-11-29', '2026-11-30'],
      ['a date as on paper', '29.11.2026', '30.11.2026'],
    ])('of an end %s the earliest that it may mean counts', (_, soon, later) => {
      expect(until(soon).row).toBe('9');
      expect(until(later).row).toBe('8');
    });

    test.each(['next week', '03/12/2026', '2026-02-30', ''])('"%s" is no end that anybody could guess', (written) => {
      expect(until(written).row).toBe('8');
    });

    test('only where the kind says that it may extend', () => {
      const { mayExtend: _, ...once } = preservation;
      expect(until('2026-11-23', once).row).toBe('8');
      expect(until('2026-11-23', kindTriagedAs('routine')).row).toBe('11');
      expect(until('2026-11-23', { ...kindTriagedAs('routine'), mayExtend: true }).row).toBe('9');
    });
  });

  test('10: a single point of contact that is not urgent is routine, by its own row', () => {
    expect(triage(message(), context({ kind: kindTriagedAs('spoc') }))).toMatchObject({
      urgency: 'routine',
      row: '10',
    });
    const urgent = triage(message({ urgency: 'urgent' }), context({ kind: kindTriagedAs('spoc') }));
    expect(urgent).toMatchObject({ urgency: 'urgent', row: '6' });
  });

  test('11: all else is routine where a person or an authenticated source named it', () => {
    const expected = { urgency: 'routine', row: '11', provisional: false, notes: ['state_estimated_date'] };
    expect(triage(message(), context())).toMatchObject(expected);
    expect(triage(message(), context({ kindChosenBy: 'person', sourceKnown: false }))).toMatchObject(expected);
  });

  test.each(['routine', 'spoc'] as const)('10, 11: a %s kind that an unknown sender named is urgent for now', (as) => {
    const from = context({ kind: kindTriagedAs(as), sourceKnown: false });
    expect(triage(message(), from)).toMatchObject({
      urgency: 'urgent',
      row: '6',
      reason: 'kind_not_proven',
      provisional: true,
    });
  });
});

describe('"not urgent"', () => {
  const said = message({
    urgency: 'not_urgent',
    grounds: ['data_loss'],
    text: 'an attack on a hospital, he is in custody',
  });

  test('of a known sender holds, whatever grounds there are beside a risk to life, and the contradiction is told', () => {
    expect(triage(said, context())).toMatchObject({
      urgency: 'routine',
      row: '11',
      reason: 'said_not_urgent',
      notes: ['state_estimated_date', 'not_urgent_despite_ground'],
    });
  });

  test('of a known sender does not hold when a life is at risk, and it is said that it was not followed', () => {
    for (const risk of [
      message({ ...said, grounds: ['life'] }),
      message({ ...said, text: 'He announced his suicide.' }),
    ]) {
      const result = triage(risk, context());
      expect(result).toMatchObject({ urgency: 'emergency', row: '2' });
      expect(result.notes).toContain('not_urgent_set_aside');
    }
  });

  test('of a known sender still has a preservation preserved first', () => {
    const result = triage(message({ urgency: 'not_urgent' }), context({ kind: preservation }));
    expect(result).toMatchObject({ urgency: 'routine', row: '11' });
    expect(result.notes).toContain('preserve_first');
  });

  test('of an unknown sender lowers nothing', () => {
    const unknown = context({ sourceKnown: false });
    expect(triage(said, unknown)).toMatchObject({ urgency: 'emergency', row: '3' });
    expect(triage(message({ urgency: 'not_urgent' }), { ...unknown, kind: preservation })).toMatchObject({
      urgency: 'urgent',
      row: '7',
      notes: ['preserve_first', 'not_urgent_set_aside'],
    });
  });

  test('of a known sender holds for a kind that nobody chose, and is provisional', () => {
    const result = triage(message({ text: 'Acil değildir.' }), context({ kindChosenBy: 'nobody' }));
    expect(result).toMatchObject({ urgency: 'routine', row: '11', reason: 'said_not_urgent', provisional: true });
  });

  test('in words does not hold against a word, a field or a ground that says otherwise', () => {
    const words = 'Not urgent.';
    expect(triage(message({ text: words, subject: 'URGENT' }), context()).urgency).toBe('urgent');
    expect(triage(message({ text: words, urgency: 'urgent' }), context()).urgency).toBe('urgent');
    expect(triage(message({ text: words, grounds: ['custody'] }), context()).urgency).toBe('urgent');
    expect(triage(message({ text: words }), context({ kind: preservation })).urgency).toBe('routine');
  });

  test('in words that set a condition is no statement', () => {
    const text = 'If this is not urgent for you, the data will still be gone.';
    expect(triage(message({ text }), context({ kind: preservation })).urgency).toBe('urgent');
  });

  test('in the field holds although the word "urgent" stands in the text', () => {
    const result = triage(message({ urgency: 'not_urgent', text: 'In the urgent case of last week' }), context());
    expect(result.urgency).toBe('routine');
  });
});

describe('what never lowers', () => {
  test('a missing item', () => {
    const missing = preservation.items.map(({ id }) => id);
    expect(triage(message(), context({ kind: preservation, missing })).urgency).toBe('urgent');
    expect(triage(message({ grounds: ['life'] }), context({ kind: preservation, missing })).urgency).toBe('emergency');
  });

  test('a language that nobody reads', () => {
    for (const language of ['en', 'tlh', undefined]) {
      const said = message({ grounds: ['custody'], ...(language === undefined ? {} : { language }) });
      expect(triage(said, context()).row).toBe('4');
    }
  });
});
