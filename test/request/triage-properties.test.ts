import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '../../rota/instant.ts';
import { compileKeywords } from '../../src/request/keyword-matcher.ts';
import { KEYWORDS, SILENCED_BY } from '../../src/request/keywords.ts';
import { KINDS } from '../../src/request/kinds.ts';
import type { ClaimedUrgency, Ground, Message } from '../../src/request/message.ts';
import { triage } from '../../src/request/triage.ts';
import type { TriageContext } from '../../src/request/triage-facts.ts';
import { rank } from '../../src/request/urgency.ts';
import { kindTriagedAs, NOW } from './build.ts';

const classesOf = compileKeywords(KEYWORDS, SILENCED_BY);

const GROUNDS: readonly Ground[] = ['life', 'public_security', 'custody', 'data_loss', 'locate_suspect'];
const CLAIMS: readonly ClaimedUrgency[] = ['emergency', 'urgent', 'not_urgent', 'test'];

/** Words that the rules listen to, beside words that they do not. */
const sentence = fc
  .array(
    fc.oneof(
      fc.constantFrom('not urgent', 'urgent', 'this is a test', 'suicide', 'ransomware hospital', 'logs are deleted'),
      fc.constantFrom('acil değildir', 'kein Notfall', '不紧急', '紧急', 'in custody', 'not', 'if', 'no', '.', '\n\n'),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.lorem({ maxCount: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((words) => words.join(' '));

const said: fc.Arbitrary<Message> = fc.record(
  {
    urgency: fc.constantFrom(...CLAIMS),
    grounds: fc.subarray([...GROUNDS], { maxLength: 2 }),
    subject: sentence,
    text: sentence,
    items: fc.dictionary(fc.constantFrom('data', 'necessity'), sentence),
    identifiers: fc.constant([]),
    sender: fc.constant({}),
    preservedUntil: fc.constantFrom('2026-11-22', '2026-11-22T03:00:00Z', '2026-11-22 03:00', '09/10/2026', 'soon'),
  },
  { requiredKeys: ['items', 'identifiers', 'sender'] },
);

const kinds = [...KINDS, ...(['spoc', 'locate', 'test'] as const).map(kindTriagedAs)];

const circumstances: fc.Arbitrary<TriageContext> = fc.record({
  kind: fc.constantFrom(...kinds),
  kindChosenBy: fc.constantFrom('person', 'source', 'nobody'),
  sourceKnown: fc.boolean(),
  sourceMayTest: fc.boolean(),
  missing: fc.subarray(['authority', 'necessity']),
  source: fc.constant('ncb'),
  now: fc.integer({ min: -5, max: 90 }).map((days) => NOW - days * DAY),
});

const RUNS = { numRuns: 500 };

test('more text never lowers the urgency, unless a known sender says "not urgent" or "test" in it', () => {
  fc.assert(
    fc.property(said, circumstances, sentence, (message, context, added) => {
      const heard = classesOf(added);
      fc.pre(!(context.sourceKnown && (heard.has('not_urgent') || (context.sourceMayTest && heard.has('test')))));
      const before = triage(message, context);
      const after = triage({ ...message, text: `${message.text ?? ''}\n\n${added}` }, context);
      expect(rank(after.urgency)).toBeLessThanOrEqual(rank(before.urgency));
    }),
    RUNS,
  );
});

test('an unknown sender never gets a test, and nothing it says makes a request less urgent', () => {
  fc.assert(
    fc.property(said, circumstances, (message, circumstances) => {
      const context = { ...circumstances, sourceKnown: false };
      const result = triage(message, context);
      const silent = triage({ items: {}, identifiers: [], sender: {} }, context);
      expect(result.urgency).not.toBe('test');
      expect(rank(result.urgency)).toBeLessThanOrEqual(rank(silent.urgency));
    }),
    RUNS,
  );
});

test('a kind that nobody chose is urgent at least, unless a known sender says otherwise', () => {
  fc.assert(
    fc.property(said, circumstances, (message, circumstances) => {
      const result = triage(message, { ...circumstances, kindChosenBy: 'nobody' });
      expect(result.provisional).toBe(true);
      if (!circumstances.sourceKnown) expect(['emergency', 'urgent']).toContain(result.urgency);
      if (result.urgency === 'routine') expect(result.reason).toBe('said_not_urgent');
    }),
    RUNS,
  );
});

test('a risk to life that is named is always an emergency', () => {
  fc.assert(
    fc.property(said, circumstances, (message, context) => {
      expect(triage({ ...message, grounds: ['life'] }, context)).toMatchObject({ urgency: 'emergency', row: '2' });
    }),
    RUNS,
  );
});

test('missing items and the language change no urgency', () => {
  fc.assert(
    fc.property(said, circumstances, fc.string(), (message, context, language) => {
      const { urgency } = triage(message, context);
      expect(triage({ ...message, language }, { ...context, missing: [] }).urgency).toBe(urgency);
      expect(triage(message, { ...context, missing: ['necessity', 'data'] }).urgency).toBe(urgency);
    }),
    RUNS,
  );
});

test('a preservation is preserved first, however urgent it is', () => {
  const [preservation] = KINDS;
  fc.assert(
    fc.property(said, circumstances, (message, context) => {
      if (preservation !== undefined) {
        expect(triage(message, { ...context, kind: preservation }).notes).toContain('preserve_first');
      }
    }),
    RUNS,
  );
});

test('the reason never holds a word of the message', () => {
  fc.assert(
    fc.property(said, circumstances, (message, context) => {
      expect(triage(message, context).reason).toMatch(/^[a-z_]+(?::[a-z_]+)?$/);
    }),
    RUNS,
  );
});

test('a megabyte of anything is read in seconds at most, whatever it is made of', () => {
  const times = ['not urgent, logs are deleted. ', '\n ', 'ﷺ', '紧急 不紧急 ', 'a'].map((piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    const began = performance.now();
    classesOf(text);
    return performance.now() - began;
  });
  expect(Math.max(...times)).toBeLessThan(5_000);
});
