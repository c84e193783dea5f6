import { openMemoryStore } from '../../src/store/memory/store.ts';
import type { Bench } from '../contracts/store/bench.ts';
import { storeContract } from '../contracts/store.ts';
import { birth } from '../support/birth.ts';

async function bench(): Promise<Bench> {
  const store = await openMemoryStore(birth);
  return {
    store,
    another: async () => store,
    reopen: () => store.reopen(),
    tamper: async (how) => {
      const { journalEntry } = store.rows();
      if (how === 'change') Object.assign(journalEntry[0] ?? {}, { body: '{}' });
      else journalEntry.splice(0, 1);
    },
    close: () => store.close(),
  };
}

storeContract('in memory', bench);
