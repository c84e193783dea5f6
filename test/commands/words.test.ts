import { describe, expect, it } from 'vitest';
import { FIXED_CHOICES, SAID } from '../../src/commands/choices.ts';
import { TONGUES } from '../../src/commands/leads.ts';
import { keysOf } from '../../src/commands/tokens.ts';
import { WORDS } from '../../src/commands/words.ts';
import { ACTIONS } from '../../src/desk/actions.ts';
import type { CommandType } from '../../src/request/command.ts';
import { KINDS } from '../../src/request/kinds.ts';
import { NOT_POSSIBLE_REASONS } from '../../src/request/not-possible.ts';
import { said } from './read.ts';

/** What stands for ever in the journal or goes out of the house: one that was taken for another cannot be taken back. */
const FINAL: readonly CommandType[] = [
  'close',
  'refuse',
  'no_further_action',
  'answer',
  'not_possible',
  'forward',
  'reopen',
  'stop_clock',
];

describe('the words', () => {
  it('have one for every action, and none twice', () => {
    const actions = WORDS.flatMap(({ action }) => action ?? []);
    expect([...actions].sort()).toEqual(Object.keys(ACTIONS).sort());
  });

  it('ask for what the action asks for, in its order', () => {
    for (const { action, args } of WORDS) {
      if (action === undefined) continue;
      expect(args.map(({ name, kind, required }) => ({ name, kind, required }))).toEqual(ACTIONS[action].fields);
    }
  });

  it('are each called differently, in both languages', () => {
    const names = WORDS.flatMap((word) => [
      ...new Set(TONGUES.flatMap((tongue) => word.names[tongue].map((name) => keysOf(name).join(' ')))),
    ]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(WORDS.flatMap(({ names: { en, fr } }) => [en.length, fr.length])).not.toContain(0);
  });

  it.each(WORDS.flatMap((word) => TONGUES.map((tongue) => [word.example[tongue], word] as const)))(
    'understands its own example: %s',
    (example, word) => {
      const read = said(example);
      expect(read.word).toBe(word.name);
      const missing = word.args.filter(({ name, required }) => required && !(name in read));
      expect(missing).toEqual([]);
      if (word.about !== 'nothing') expect(read.name).toBe('K7Q2');
    },
  );

  it('do without the name of a request only where it can be undone', () => {
    const without = WORDS.filter(({ about }) => about === 'or_the_only_one').flatMap(({ action }) => action ?? []);
    expect(without).toEqual(expect.arrayContaining(['acknowledge', 'pass', 'note', 'wait']));
    expect(without.filter((action) => FINAL.includes(action))).toEqual([]);
  });
});

describe('the choices', () => {
  const listed = {
    ...FIXED_CHOICES,
    kind: KINDS.map(({ id }) => id),
    reason: NOT_POSSIBLE_REASONS.map(({ code }) => code),
    ground: [...new Set(KINDS.flatMap(({ refusalGrounds }) => refusalGrounds.map(({ code }) => code)))],
    clock: [...new Set(KINDS.flatMap(({ clocks }) => clocks.map(({ name }) => name)))],
  };

  it('can each be said in words, and no two in the same', () => {
    for (const [kind, values] of Object.entries(listed)) {
      const ways = SAID[kind as keyof typeof SAID] ?? {};
      expect([kind, values.filter((value) => (ways[value] ?? []).length === 0)]).toEqual([kind, []]);
      const all = Object.values(ways).flatMap((some) => [...new Set(some.map((way) => keysOf(way).join(' ')))]);
      expect([kind, all.filter((way, index) => all.indexOf(way) !== index)]).toEqual([kind, []]);
    }
  });
});
