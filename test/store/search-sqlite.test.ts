import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createClient } from '@libsql/client';
import { expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, openStore } from '../../src/store/open.ts';
import { changeOf, request } from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';
import { freshFile } from '../support/sqlite.ts';

const SALT = new Uint8Array(32).fill(7);
const total = async (store: Store, word: string) =>
  (await store.findRequests({ terms: [{ word, prefix: false }] }, 1)).total;

/** Words of one request each. They are neighbours, so that one that leads a page is its signpost to the last letter. */
const WORDS_EACH = 20;
const wordsOf = (number: number) =>
  Array.from({ length: WORDS_EACH }, (_, i) => `zebrawort${String(number * WORDS_EACH + i).padStart(5, '0')}`);

async function fill(store: Store, count: number): Promise<void> {
  const numbers = new Map<string, number>();
  await store.step('register/cp', async (step) => {
    for (let number = 0; number < count; number++) {
      const of = request();
      numbers.set(of.id, number);
      const bytes = new TextEncoder().encode(wordsOf(number).join(' '));
      await step.save(changeOf(of, { contents: [{ id: `content ${number}`, salt: SALT, bytes }] }));
    }
  });
  const read = (await store.searchDue(count)).map((due) => {
    const number = numbers.get(due.requestId) ?? 0;
    return { due, contents: [`content ${number}`], words: ['common', ...wordsOf(number)] };
  });
  await store.takeIn(read);
}

it('no word of what was erased is left in the files', async () => {
  const { path, url, remove } = freshFile();
  const store = await openStore({ url, ...birth });
  try {
    await fill(store, 400);
    const erased = Array.from({ length: 200 }, (_, i) => i * 2);
    expect(await total(store, wordsOf(2)[7] ?? '')).toBe(1);
    await store.eraseContents(
      erased.map((number) => `content ${number}`),
      1,
    );
    const files = [path, `${path}-wal`].filter(existsSync).map((file) => readFileSync(file));
    const left = erased.flatMap(wordsOf).filter((word) => files.some((bytes) => bytes.includes(word)));
    expect(left).toEqual([]);
    expect(await total(store, wordsOf(2)[7] ?? '')).toBe(0);
    expect(await total(store, 'common')).toBe(200);
    for (const word of wordsOf(3)) expect(await total(store, word)).toBe(1);
  } finally {
    await store.close();
    remove();
  }
});

it('what an older release kept is due from its first entry on, with its kind', async () => {
  const { path, url, remove } = freshFile();
  const older = join(dirname(path), 'migrations');
  const names = readdirSync(join(MIGRATIONS, 'sqlite')).filter((name) => /^\d+_/.test(name) && name < '20261124172305');
  mkdirSync(join(older, 'sqlite'), { recursive: true });
  for (const name of names) cpSync(join(MIGRATIONS, 'sqlite', name), join(older, 'sqlite', name), { recursive: true });
  try {
    await (await openDatabase(url, older)).close();
    const client = createClient({ url });
    const { id, state, reference, shortId } = request();
    await client.execute({
      sql: `INSERT INTO request (id, desk, reference, short_id, source, urgency, rank, status, wants_pages, version, state, received_at)
        VALUES (?, 'cp', ?, ?, 'portal', 'urgent', 1, 'open', 1, 7, ?, 1)`,
      args: [id, reference, shortId, JSON.stringify({ ...state, kind: 'preservation' })],
    });
    client.close();
    const store = await openStore({ url, ...birth });
    expect(await store.searchDue(10)).toEqual([{ requestId: id, n: 1, last: 7 }]);
    expect((await store.findRequests({ terms: [], kinds: ['preservation'] }, 1)).total).toBe(1);
    await store.close();
  } finally {
    remove();
  }
});

it('finds the same, in the same order, whether few requests are not closed or very many', async () => {
  const { url, remove } = freshFile();
  const store = await openStore({ url, ...birth });
  const ask = async (limit = 6) =>
    (await store.findRequests({ terms: [{ word: 'comm', prefix: true }], since: 2 }, limit)).rows.map(
      ({ status, receivedAt }) => `${status} ${receivedAt}`,
    );
  const add = async (count: number, status: 'open' | 'closed', from: number) => {
    await store.step('register/cp', async (step) => {
      for (let i = 0; i < count; i++) {
        const contents = [{ id: `${status} ${from + i}`, salt: SALT, bytes: new Uint8Array([1]) }];
        await step.save(changeOf(request({ status, receivedAt: from + i }), { contents }));
      }
    });
    const due = await store.searchDue(count);
    await store.takeIn(due.map((one) => ({ due: one, contents: [], words: ['common'] })));
  };
  try {
    await add(4, 'closed', 5000);
    await add(3, 'open', 1);
    const few = ['open 3', 'open 2', 'closed 5003', 'closed 5002', 'closed 5001', 'closed 5000'];
    expect(await ask()).toEqual(few);
    await add(2001, 'open', 10);
    expect(await ask(2)).toEqual(['open 2010', 'open 2009']);
    expect(await ask(1000)).toHaveLength(1000);
  } finally {
    await store.close();
    remove();
  }
});
