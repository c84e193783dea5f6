import { describe } from 'vitest';
import type { MakeBench } from './store/bench.ts';
import { deliveryTests } from './store/deliveries.ts';
import { heldTests } from './store/held.ts';
import { journalTests } from './store/journal.ts';
import { keepTests } from './store/keep.ts';
import { queueTests } from './store/queue.ts';
import { registerTests } from './store/register.ts';
import { searchTests } from './store/search.ts';
import { searchIndexTests } from './store/search-index.ts';
import { stepTests } from './store/steps.ts';

/**
 * What every store must do, told by what can be asked of it afterwards. `where`: `on SQLite`, `in memory` …
 * `present`: false where the store is not at hand, then the suite is skipped by name.
 */
export function storeContract(where: string, make: MakeBench, present = true): void {
  describe.skipIf(!present)(`store contract ${where}`, () => {
    describe('steps', () => stepTests(make));
    describe('journal', () => journalTests(make));
    describe('queue', () => queueTests(make));
    describe('the hold after a restore', () => heldTests(make));
    describe('deliveries', () => deliveryTests(make));
    describe('register', () => registerTests(make));
    describe('search', () => searchTests(make));
    describe('what the search takes in', () => searchIndexTests(make));
    describe('what it keeps beside', () => keepTests(make));
  });
}
