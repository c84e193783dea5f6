import { describe, expect, test } from 'vitest';
import { triage } from '../../src/request/triage.ts';
import { context, kindTriagedAs, message, standardKind } from './build.ts';

const preservation = standardKind('preservation');

describe('a test', () => {
  const mayTest = context({ sourceMayTest: true });

  test('is an emergency when rows 2 or 3 match, and it is said that "test" was not followed', () => {
    expect(triage(message({ urgency: 'test', text: 'A child was kidnapped.' }), mayTest)).toMatchObject({
      urgency: 'emergency',
      row: '2',
      notes: ['test_set_aside'],
    });
    expect(triage(message({ urgency: 'test', grounds: ['public_security'] }), mayTest)).toMatchObject({ row: '3' });
    const ping = { ...mayTest, kind: kindTriagedAs('test') };
    expect(triage(message({ urgency: 'emergency' }), ping)).toMatchObject({ urgency: 'emergency', row: '2' });
  });

  test('stays one when it is said not to be urgent, so that row 3 yields', () => {
    const ping = context({ sourceMayTest: true, kind: kindTriagedAs('test') });
    const said = message({ urgency: 'not_urgent', text: 'Ransomware against a water utility' });
    expect(triage(said, ping)).toMatchObject({ urgency: 'test', row: '1' });
  });

  test('of a source that may not test, or of nobody known, is urgent for now', () => {
    for (const from of [context(), context({ sourceKnown: false, sourceMayTest: true })]) {
      expect(triage(message({ urgency: 'test' }), from)).toMatchObject({
        urgency: 'urgent',
        row: '6',
        reason: 'test_not_accepted',
        notes: expect.arrayContaining(['test_set_aside']),
      });
    }
  });

  test('is said by the subject or the text, in any language, as a label or in a phrase', () => {
    for (const said of [
      { subject: 'TEST' },
      { subject: '[Test] Preservation of a log' },
      { subject: 'TEST only, please acknowledge' },
      { text: 'TEST. Please confirm receipt.' },
      { text: 'Übung – bitte um Rückmeldung' },
      { subject: 'Exercice : demande de conservation' },
      { subject: 'ТЕСТ: прошу подтвердить' },
      { text: '测试：请回复' },
      { text: 'Doar un test, vă rugăm să confirmați' },
    ])
      expect([said, triage(message(said), mayTest)]).toMatchObject([
        said,
        { urgency: 'test', row: '1', reason: 'keyword:test' },
      ]);
  });

  test('is not said by the same word inside a sentence', () => {
    for (const text of [
      'The DNA test of the victim is with the laboratory.',
      'Test account of the suspect, used for payments',
      'Prueba: el registro del servidor',
      'A drill was stolen, and the pinging of the phone goes on.',
    ])
      expect([text, triage(message({ text }), mayTest).urgency]).toEqual([text, 'routine']);
  });

  test('in words of a source that may not test is urgent for now, as in the field', () => {
    for (const from of [context(), context({ kindChosenBy: 'nobody', sourceKnown: false, sourceMayTest: true })]) {
      const result = triage(message({ text: 'TEST only, please acknowledge' }), from);
      expect(result).toMatchObject({ urgency: 'urgent', row: '6', reason: 'test_not_accepted', provisional: true });
      expect(result.notes).toContain('test_set_aside');
      expect(result.notes).not.toContain('ask_for_ground');
    }
  });

  test('in words takes nothing from a preservation of a source that may not test', () => {
    const from = context({ kind: preservation, missing: ['necessity'] });
    const result = triage(message({ text: 'He sent himself a test message.' }), from);
    expect(result).toMatchObject({ urgency: 'urgent', row: '8' });
    expect(result.notes).toContain('ask_for_missing');
  });

  test('in a mail that is labelled a ping says so, and asks nobody to choose a kind', () => {
    const mail = { kindChosenBy: 'nobody', isPing: true } as const;
    expect(triage(message(), context({ ...mail, sourceKnown: false }))).toEqual({
      urgency: 'urgent',
      row: '6',
      reason: 'ping_not_proven',
      provisional: true,
      notes: ['test_set_aside'],
    });
    expect(triage(message(), context({ ...mail, sourceMayTest: true }))).toMatchObject({
      urgency: 'test',
      reason: 'ping',
    });
    expect(triage(message({ text: 'a bomb threat' }), context(mail))).toMatchObject({ urgency: 'emergency', row: '2' });
  });

  test('in words only is none when the message names a ground, marks itself urgent or says that it is not a test', () => {
    const said = 'This is a test of the directory.';
    expect(triage(message({ text: said, grounds: ['data_loss'] }), mayTest).urgency).toBe('urgent');
    expect(triage(message({ text: said, urgency: 'urgent' }), mayTest).urgency).toBe('urgent');
    expect(triage(message({ text: 'This is not a test message' }), mayTest).urgency).toBe('routine');
  });
});
