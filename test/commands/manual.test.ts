import { expect, it } from 'vitest';
import { readTime } from '../../src/commands/time.ts';
import { WORDS } from '../../src/commands/words.ts';
import { page, tableIn } from '../docs/documents.ts';
import { NOW } from './read.ts';

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

it('the manual has every word with its names and its examples', () => {
  const told = tableIn(page('commands.md'), 'English');
  expect(told).toEqual(
    WORDS.map(({ names, example }) => [code(names.en), code(names.fr), code([example.en]), code([example.fr])]),
  );
});

it('the manual shows times that are understood', () => {
  const shown = tableIn(page('commands.md'), 'what is typed').flatMap(([typed = '']) =>
    [...typed.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
  );
  expect(shown.length).toBeGreaterThan(15);
  const context = { zone: 'Europe/Bucharest', now: NOW, side: 'ahead' } as const;
  expect(shown.filter((text) => readTime(text, context) === undefined)).toEqual([]);
});
