import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TONGUES } from '../../src/commands/leads.ts';
import { parse } from '../../src/commands/parse.ts';
import { WORDS } from '../../src/commands/words.ts';
import { CONTEXT, misread, said } from './read.ts';

describe('a command', () => {
  it('does not depend on case, accents, kinds of apostrophes or blanks', () => {
    const plain = said('attendre K7Q2 jusqu’à 19:00 pour le parquet car il dort');
    expect(said("  ATTENDRE   k7q2 JUSQU'A 19:00 pour le parquet car il dort ")).toEqual({ ...plain, name: 'k7q2' });
    expect(said('vérifier K7Q2 rappelé').word).toBe('verify');
    expect(said('VERIFIER K7Q2 rappelé').word).toBe('verify');
  });

  it('keeps free words to the letter', () => {
    expect(said('note K7Q2  Ça\u00a0va: “d’accord”, 18:00 for X because Y ')).toMatchObject({
      text: 'Ça\u00a0va: “d’accord”, 18:00 for X because Y',
    });
    expect(said('wait K7Q2 until 19:00 for the car park because Ana is there')).toMatchObject({
      for: 'the car park',
      because: 'Ana is there',
    });
  });

  it('takes a small word of another language for a word like any other', () => {
    expect(said('raise K7Q2 to emergency car bomb at the station')).toMatchObject({ text: 'car bomb at the station' });
  });

  it('names its request by short id, reference, or the reference of the sender in quotation marks', () => {
    expect(said('ack #k7q2').name).toBe('k7q2');
    expect(said('note T-2026-0042: called back')).toMatchObject({ name: 'T-2026-0042', text: 'called back' });
    const theirs = said('note "REF 12/3 b" called back', { isRequest: (name) => name === 'REF 12/3 b' });
    expect(theirs).toMatchObject({ name: 'REF 12/3 b', text: 'called back' });
  });

  it('takes what looks like a short id for one, and a plain word only where a request is called so', () => {
    expect(said('note K7Q3 called back')).toMatchObject({ name: 'K7Q3' });
    expect(said('note they called back')).toEqual({ word: 'note', name: undefined, text: 'they called back' });
    expect(said('note they called back', { isRequest: (name) => name === 'they' })).toMatchObject({
      name: 'they',
      text: 'called back',
    });
    expect(said('attendre 9h45 pour le labo car il ferme').name).toBeUndefined();
  });

  it('names an officer by id, or by what of the name is nobody else’s', () => {
    for (const text of ['ana', 'ANA', 'Ana Example', 'exampl']) expect(said(`assign K7Q2 to ${text}`).to).toBe('ana');
    expect(said('assign K7Q2 eva').to).toBe('eva');
    expect(said('attribuer K7Q2 à moi').to).toBe('dan');
    expect(said("attribuer K7Q2 à d'exemple").to).toBe('eva');
    expect(misread('assign K7Q2 to ex')).toMatchObject({ code: 'ambiguous_officer', candidates: ['ana', 'eva'] });
    expect(misread('assign K7Q2 to Horia')).toMatchObject({ code: 'unknown_officer', given: 'Horia' });
  });

  it('says which word it was likely meant to be', () => {
    expect(misread('akc K7Q2')).toEqual({ code: 'unknown_word', given: 'akc', nearest: 'ack' });
    expect(misread('atendre K7Q2')).toMatchObject({ nearest: 'attendre' });
    expect(misread('xyzzy K7Q2')).toEqual({ code: 'unknown_word', given: 'xyzzy' });
  });

  it('says what is missing, what is too much, and what cannot be chosen', () => {
    expect(misread(' ')).toEqual({ code: 'empty' });
    expect(misread('close')).toEqual({ code: 'request_missing', word: 'close' });
    expect(misread('wait K7Q2 until 19:00 for the court')).toMatchObject({ code: 'missing', argument: 'because' });
    expect(misread('wait K7Q2 until 19:00 because it sleeps')).toMatchObject({ code: 'missing', argument: 'for' });
    expect(misread('ack K7Q2 please')).toEqual({ code: 'too_much', word: 'ack', given: 'please' });
    expect(misread('raise K7Q2 to high')).toMatchObject({ code: 'not_a_choice', given: 'high', kind: 'urgency' });
    expect(misread('refuse K7Q2 dual criminality', { choices: { ground: ['own_words'] } })).toMatchObject({
      code: 'not_a_choice',
      choices: ['own_words'],
    });
    expect(misread('note K7Q2 '.padEnd(20_001, 'x'))).toEqual({ code: 'too_long' });
  });

  it('asks back for a time that may be two, and never takes half of one', () => {
    expect(misread('wait K7Q2 until 03/04 for a because b')).toMatchObject({ code: 'ambiguous_time', given: '03/04' });
    expect(misread('wait K7Q2 2h for a because b')).toMatchObject({ code: 'ambiguous_time', given: '2h' });
    expect(misread('wait K7Q2 until 19:00 or so for a because b')).toMatchObject({
      code: 'not_a_time',
      given: '19:00 or so',
    });
  });

  it('takes times of what has happened for the last ones, those to come for the next', () => {
    expect(said('hold K7Q2 since 19:00')).toMatchObject({ effective_at: '2026-11-23T17:00:00.000Z' });
    expect(said('tell K7Q2 progress by phone at 17:55 next 9:00')).toMatchObject({
      told_at: '2026-11-24T15:55:00.000Z',
      next_at: '2026-11-25T07:00:00.000Z',
    });
  });

  it('ends a time where it ends, and takes the rest for words', () => {
    expect(said('answer K7Q2 by mail at 14:05 25 accounts were frozen')).toMatchObject({
      sent_at: '2026-11-24T12:05:00.000Z',
      text: '25 accounts were frozen',
    });
  });
});

describe('whatever is typed', () => {
  const pieces = WORDS.flatMap(({ names, example, args }) => [
    ...names.en,
    ...names.fr,
    ...example.en.split(' '),
    ...example.fr.split(' '),
    ...args.flatMap(({ lead }) => TONGUES.flatMap((tongue) => lead[tongue])),
  ]);
  const junk = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '“', '#', '\u0000', '\ud800', '99:99', '31/02', '12h', 'K7Q2', '-', "qu'", '\n'),
  );

  it('is a command or is told why not, and nothing throws', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), junk), { maxLength: 14 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(fc.oneof(text, junk), (typed) => {
        const read = parse(typed, CONTEXT);
        if (!read.ok) {
          expect(read.misread.code).toMatch(/^[a-z_]+$/);
          return;
        }
        const { word, said: values } = read.parsed;
        const missing = word.args.filter(({ name, required }) => required && !values[name]);
        expect(missing).toEqual([]);
        for (const [name, value] of Object.entries(values)) {
          const { kind } = word.args.find((one) => one.name === name) ?? {};
          if (kind === 'words') expect(typed).toContain(value);
          if (kind === 'time') expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
