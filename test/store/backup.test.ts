import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeCheckpoint } from '../../src/desk/checkpoint.ts';
import { readCheckpointText } from '../../src/journal/checkpoint.ts';
import { BackupRefused, type Copier } from '../../src/ports/backup.ts';
import type { Store } from '../../src/ports/store.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, openStore } from '../../src/store/open.ts';
import { RestoreRefused, restore } from '../../src/store/restore.ts';
import { entry, T } from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';
import { freshFile } from '../support/sqlite.ts';

const OPENER = fileURLToPath(new URL('../support/open-store.ts', import.meta.url));

let place: ReturnType<typeof freshFile>;
let store: Store;
let copier: Copier;
let stop: () => Promise<number>;

beforeEach(async () => {
  place = freshFile();
  store = await openStore({ url: place.url, ...birth });
  if (store.copier === undefined) throw new Error('a store in a file can be copied');
  copier = store.copier;
  stop = async () => 0;
});
afterEach(async () => {
  await stop();
  await store.close();
  place.remove();
});

const inFolder = (name: string) => join(dirname(place.path), name);
const clock = { now: Date.now };
const checkpoint = () => {
  const reading = { register: store, installation: store.installation.id, pause: () => setImmediate() };
  return takeCheckpoint({ store, clock }, reading, { kind: 'system' });
};
const note = (n: number) => ({ ...entry(), data: { n, text: 'x'.repeat(2000) } });

/** Writes without a pause until it is stopped; the answer says how many entries there were. */
function writing(): () => Promise<number> {
  let isStopped = false;
  let n = 0;
  const done = (async () => {
    for (; !isStopped; n++) {
      const stream = `rota/${n % 50}`;
      await store.step(stream, (step) => step.save({ stream, at: Date.now(), entries: [note(n)] }));
    }
    return n;
  })();
  return () => {
    isStopped = true;
    return done;
  };
}

const refusal = (code: string) => expect.objectContaining({ name: 'BackupRefused', code });
const restored = (file: string, more: { readonly identities?: string } = {}) =>
  restore({ file, store: inFolder('restored.db'), now: Date.now, actor: { kind: 'system' }, ...more });

describe('a backup of a store in a file', { timeout: 60_000 }, () => {
  it('made while it is written to is one state of it, later than the checkpoint, and can be restored', async () => {
    stop = writing();
    const made = await copier.copy({ file: inFolder('a.db'), checkpoint });
    const written = await stop();
    expect(made.entries).toBeGreaterThan(10);
    expect(made.entries).toBeLessThan(written + 10);
    expect(statSync(inFolder('a.db'))).toMatchObject({ size: made.bytes, mode: 0o100600 });
    expect(readFileSync(inFolder('a.db.checkpoint'), 'utf8')).toBe(`${made.checkpoint}\n`);
    const { report, checkpointed, epoch } = await restored(inFolder('a.db'));
    expect({ entries: report.entries, checkpointed, epoch }).toEqual({
      entries: made.entries,
      checkpointed: true,
      epoch: 2,
    });
  });

  it('leaves nothing else behind, and the store to us alone', async () => {
    await copier.copy({ file: inFolder('a.db'), checkpoint });
    expect(readdirSync(dirname(place.path)).sort()).toEqual(
      ['a.db', 'a.db.checkpoint', 'tocsin.db', 'tocsin.db-wal'].sort(),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [OPENER, place.url]);
    expect(stdout.trim()).toBe('StoreRefused');
  });

  it('goes on with the log as ever afterwards', async () => {
    await copier.copy({ file: inFolder('a.db'), checkpoint });
    // Of 30 MB the first 16 are folded in; without that the log would grow and grow.
    const entries = Array.from({ length: 1000 }, (_, n) => note(n));
    for (let n = 0; n < 15; n++) {
      await store.step('rota/x', (step) => step.save({ stream: 'rota/x', at: T, entries }));
    }
    expect(statSync(`${place.path}-wal`).size).toBeLessThan(20_000_000);
  });

  it('is encrypted to a key of age, and opened by it alone', async () => {
    const [ours, theirs] = [await generateIdentity(), await generateIdentity()];
    const file = inFolder('a.db.age');
    const { bytes } = await copier.copy({ file, checkpoint, recipient: await identityToRecipient(ours) });
    expect(statSync(file).size).toBe(bytes);
    expect(readFileSync(file).includes(store.installation.id)).toBe(false);
    await expect(restored(file)).rejects.toMatchObject({ code: 'needs_identity' });
    await expect(restored(file, { identities: theirs })).rejects.toMatchObject({ code: 'wrong_identity' });
    const { epoch } = await restored(file, { identities: `# created: today\n# public key: …\n${ours}\n` });
    expect(epoch).toBe(2);
  });

  it('that was encrypted and cut off on its way is refused', async () => {
    const ours = await generateIdentity();
    const file = inFolder('a.db.age');
    const { bytes } = await copier.copy({ file, checkpoint, recipient: await identityToRecipient(ours) });
    truncateSync(file, bytes - 70_000);
    await expect(restored(file, { identities: ours })).rejects.toMatchObject({ code: 'wrong_identity' });
    expect(existsSync(inFolder('restored.db'))).toBe(false);
  });

  it.each([
    ['exists', 'tocsin.db', undefined],
    ['no_folder', 'none/a.db', undefined],
    ['recipient', 'a.db', 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'],
  ])('is refused: %s', async (code, name, recipient) => {
    const order = { file: inFolder(name), checkpoint, ...(recipient === undefined ? {} : { recipient }) };
    await expect(copier.copy(order)).rejects.toEqual(refusal(code));
    expect(readdirSync(dirname(place.path)).sort()).toEqual(['tocsin.db', 'tocsin.db-wal']);
  });

  it('is made one at a time', async () => {
    const first = copier.copy({ file: inFolder('a.db'), checkpoint });
    await expect(copier.copy({ file: inFolder('b.db'), checkpoint })).rejects.toEqual(refusal('busy'));
    await first;
    await copier.copy({ file: inFolder('b.db'), checkpoint });
  });

  it('takes no checkpoint when something stands in the way of it', async () => {
    const never = async () => {
      throw new Error('a checkpoint was taken');
    };
    await expect(copier.copy({ file: place.path, checkpoint: never })).rejects.toBeInstanceOf(BackupRefused);
  });

  it('whose journal does not fit its checkpoint is not put under its name', async () => {
    const line = await checkpoint();
    const forged = async () => line.replace(/[0-9a-f]{64}$/, 'f'.repeat(64));
    await expect(copier.copy({ file: inFolder('a.db'), checkpoint: forged })).rejects.toEqual(refusal('not_sound'));
    expect(existsSync(inFolder('a.db'))).toBe(false);
  });

  it('is given up when the store is closed, and nothing of it is left', async () => {
    stop = writing();
    const copying = copier.copy({ file: inFolder('a.db'), checkpoint });
    const ended = expect(copying).rejects.toBeInstanceOf(Error);
    for (let turns = 0; turns < 50; turns++) await setImmediate();
    await stop();
    stop = async () => 0;
    await store.close();
    await ended;
    expect(readdirSync(dirname(place.path))).toEqual(['tocsin.db']);
  });
});

describe('a restore', { timeout: 60_000 }, () => {
  it('is refused where something is, of a file that is none, and of a damaged one, and then leaves nothing', async () => {
    const stream = 'rota/x';
    await store.step(stream, (step) =>
      step.save({ stream, at: T, entries: Array.from({ length: 200 }, (_, n) => note(n)) }),
    );
    await copier.copy({ file: inFolder('a.db'), checkpoint });
    const before = readdirSync(dirname(place.path)).sort();
    const over = { file: inFolder('a.db'), now: Date.now, actor: { kind: 'system' } as const };
    await expect(restore({ ...over, store: place.path })).rejects.toMatchObject({
      code: 'not_empty',
      detail: place.path,
    });
    await expect(restored(inFolder('none.db'))).rejects.toMatchObject({ code: 'no_file' });
    writeFileSync(inFolder('other'), 'something else');
    await expect(restored(inFolder('other'))).rejects.toMatchObject({ code: 'no_store' });
    const bytes = readFileSync(inFolder('a.db'));
    bytes.fill(0, bytes.length - 200_000, bytes.length - 100_000);
    writeFileSync(inFolder('damaged'), bytes);
    await expect(restored(inFolder('damaged'))).rejects.toBeInstanceOf(RestoreRefused);
    expect(readdirSync(dirname(place.path)).sort()).toEqual([...before, 'damaged', 'other'].sort());
  });

  it('is refused of a journal that was changed, by the checkpoint beside it or one that was kept elsewhere', async () => {
    const kept = readCheckpointText(await checkpoint());
    await store.close();
    const other = freshFile();
    const stranger = await openStore({ url: other.url, ...birth });
    await stranger.copier?.copy({ file: inFolder('stranger.db'), checkpoint: async () => 'none' });
    await stranger.close();
    other.remove();
    const order = { store: inFolder('restored.db'), now: Date.now, actor: { kind: 'system' } as const };
    const asked = restore({
      ...order,
      file: inFolder('stranger.db'),
      ...(kept === undefined ? {} : { checkpoint: kept }),
    });
    await expect(asked).rejects.toMatchObject({ code: 'journal_broken' });
  });

  it('of what a newer release made is refused with its name', async () => {
    await copier.copy({ file: inFolder('a.db'), checkpoint });
    const db = await openDatabase(`file:${inFolder('a.db')}`, MIGRATIONS);
    await db.ask((prisma) => prisma.$executeRawUnsafe(`INSERT INTO "_migration" VALUES ('20990101_later', 'x', 'x')`));
    await db.close();
    await expect(restored(inFolder('a.db'))).rejects.toMatchObject({ code: 'newer' });
  });
});
