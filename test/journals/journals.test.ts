import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEntry } from '../../src/journal/entry.ts';
import type { RequestEntry } from '../../src/request/entries.ts';
import { evolve } from '../../src/request/evolve.ts';
import type { RequestState } from '../../src/request/state.ts';

type Recorded = { readonly requests: readonly { readonly bodies: readonly string[]; readonly state: RequestState }[] };

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));

/** A journal is read for ever: what a release wrote and made of it stays so in every later one. */
describe.each(FILES)('the journal that release %s wrote', (file) => {
  const { requests }: Recorded = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));

  test('folds to the states that were recorded with it', () => {
    for (const { bodies, state } of requests) {
      const folded = bodies.reduce<RequestState | undefined>((now, body) => {
        const { type, data, at } = readEntry(body);
        return evolve(now, { type, data, at } as unknown as RequestEntry & { at: number });
      }, undefined);
      expect(JSON.parse(JSON.stringify(folded))).toEqual(state);
    }
  });

  test('has nearly every type of entry in it', () => {
    const types = new Set(requests.flatMap(({ bodies }) => bodies.map((body) => readEntry(body).type)));
    expect(types.size).toBeGreaterThanOrEqual(39);
  });
});
