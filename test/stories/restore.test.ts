import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it, vi } from 'vitest';
import { Officer } from '../support/officer.ts';
import type { Pager } from '../support/pager.ts';
import { Tocsin, tempFolder, tocsin } from '../support/process.ts';
import { emergency, shortDesk, urgent } from '../support/story-desk.ts';

const OK = { code: 0, out: expect.stringMatching(/^ok/) };

/** A folder with the desk's file and a store that was restored into it. */
async function restoredFrom(backup: string, ...options: readonly string[]): Promise<string> {
  const folder = tempFolder();
  writeFileSync(join(folder, 'tocsin.yaml'), shortDesk());
  const { code, out, err } = await tocsin(folder, 'restore', backup, ...options);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('restored from');
  return folder;
}

/** Short ids of the pages that a pager got. */
const rung = ({ heard }: Pager) => heard.flatMap(({ event, shortId }) => (event === 'page' ? [shortId] : []));

const open = async (desk: Tocsin) => (await desk.journal()).map(({ type }) => type);

describe.concurrent('a backup', { timeout: 90_000 }, () => {
  it('of a running Tocsin is restored beside it; both verify, and a later checkpoint tells what is missing', async () => {
    await using old = await Tocsin.start({ yaml: shortDesk('10m') });
    const { shortId } = await old.send(emergency('before'));
    const file = join(old.folder, 'a.db');
    const made = await tocsin(old.folder, 'backup', 'a.db');
    expect(made).toEqual({
      code: 0,
      out: expect.stringMatching(/^tocsin-checkpoint\/1 \S+ \d+ 1 /),
      err: expect.stringContaining(file),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${file}.checkpoint`, 'utf8')).toBe(made.out);
    expect(await tocsin(old.folder, 'journal', 'verify', file, '--checkpoint', `${file}.checkpoint`)).toMatchObject(OK);
    const again = await tocsin(old.folder, 'backup', 'a.db');
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('There is a file of that name already') });

    const { shortId: lost } = await old.send(emergency('after'));
    const later = (await tocsin(old.folder, 'journal', 'checkpoint')).out.trim();
    const folder = await restoredFrom(file);
    await using fresh = await Tocsin.start({ folder });
    const [ours, theirs] = [await old.journal(), await fresh.journal()];
    expect(ours.filter(({ type }) => type === 'request.received/1')).toHaveLength(2);
    expect(theirs.filter(({ type }) => type === 'request.received/1')).toHaveLength(1);
    const epochs = (await fresh.exported()).toString('utf8').match(/\\"epoch\\":\d/g);
    expect([...new Set(epochs)].sort()).toEqual(['\\"epoch\\":1', '\\"epoch\\":2']);
    expect((await old.exported()).toString('utf8')).not.toContain('\\"epoch\\":2');
    expect((await old.verified()).ours).toMatchObject(OK);
    expect((await fresh.verified()).ours).toMatchObject(OK);
    expect((await fresh.verified()).theirs).toMatchObject(OK);
    expect(await tocsin(old.folder, 'journal', 'verify', '--checkpoint', later)).toMatchObject(OK);
    const missing = await tocsin(fresh.folder, 'journal', 'verify', '--checkpoint', later);
    expect(missing).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^BROKEN installation \d+: (head_mismatch|cut_tail)/),
    });

    const dan = await Officer.signIn(fresh, 'dan');
    const board = await dan.reads('/');
    expect(board).toContain(shortId);
    expect(board).not.toContain(lost);
    const next = await fresh.send(emergency('next'));
    expect(next.reference).toMatch(/-1001$/);
    expect(next.shortId).toHaveLength(5);
  });

  it('is made without a running Tocsin too, and of nothing not at all', async () => {
    const desk = await Tocsin.start({ yaml: shortDesk('10m') });
    await desk.send(urgent('one'));
    expect((await desk.stop()).code).toBe(0);
    expect(await tocsin(desk.folder, 'backup', 'a.db')).toMatchObject({ code: 0 });
    expect(await tocsin(desk.folder, 'journal', 'verify', 'a.db')).toMatchObject(OK);
    const empty = await tocsin(tempFolder(), 'backup', 'a.db');
    expect(empty).toMatchObject({ code: 1, err: expect.stringContaining('no store that could be backed up') });
  });

  it('of PostgreSQL is its own business: the command is named, without the password', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'tocsin.yaml'), `database: postgresql://tocsin@db.example/tocsin\n${shortDesk()}`);
    const told = await tocsin(folder, 'backup', 'a.db');
    expect(told.code).toBe(1);
    expect(told.err).toContain('pg_dump --format=custom --file=a.db postgresql://tocsin@db.example/tocsin');
    expect((await tocsin(folder, 'restore', 'a.db')).err).toContain('pg_restore');
  });

  it('is made each day where the configuration names a folder, encrypted, and is one that can be restored', async () => {
    const identity = await generateIdentity();
    const recipient = await identityToRecipient(identity);
    const yaml = `backup: { folder: kept, recipient: ${recipient} }\n${shortDesk('10m')}`;
    await using desk = await Tocsin.start({ yaml });
    const kept = join(desk.folder, 'kept');
    await vi.waitFor(
      () =>
        expect(existsSync(kept) ? readdirSync(kept).sort() : []).toEqual([
          expect.stringMatching(/^tocsin-\w{8}-\d{8}T\d{6}Z\.db\.age$/),
          expect.stringMatching(/\.db\.age\.checkpoint$/),
        ]),
      30_000,
    );
    const [name = ''] = readdirSync(kept);
    writeFileSync(join(desk.folder, 'key'), identity);
    const drill = await tocsin(desk.folder, 'restore', '--check', join('kept', name), '--identity', 'key');
    expect(drill).toMatchObject({ code: 0, out: expect.stringContaining('can be restored') });
    await vi.waitFor(
      async () => expect((await desk.fetch('/metrics')).text).toMatch(/^tocsin_backup_age_seconds \d/m),
      5000,
    );
  });
});

describe.concurrent('a restore', { timeout: 90_000 }, () => {
  it('pages nothing of before until somebody resumes, pages what is new, and survives a restart', async () => {
    const old = await Tocsin.start({ yaml: shortDesk('1s') });
    const { shortId } = await old.send(emergency('before'));
    await tocsin(old.folder, 'backup', 'a.db');
    await old.kill();

    const folder = await restoredFrom(join(old.folder, 'a.db'));
    const first = await Tocsin.start({ folder });
    const pages = async (desk: Tocsin) =>
      (await desk.journal()).filter(({ type }) => /rang|began/.test(type) && type !== 'installation.began/1');
    const before = (await pages(first)).length;
    const dan = await Officer.signIn(first, 'dan');
    const board = await dan.reads('/');
    expect(board).toContain('paging of what was open before is held');
    expect(board).toContain(shortId);
    expect(board).toContain('The head of a desk can resume it sooner.');
    expect((await dan.post('/resume', {})).status).toBe(404);
    const pager = await dan.pager();
    const fresh = await first.send(emergency('new'));
    await vi.waitFor(() => expect(rung(pager)).toEqual([fresh.shortId]), 5000);
    expect(JSON.parse((await first.fetch('/readyz')).text)).toMatchObject({
      ready: true,
      warnings: [{ code: 'paging_held' }],
    });
    pager.close();
    await first.kill();

    await using second = await Tocsin.start({ folder });
    const ana = await Officer.signIn(second, 'ana');
    expect(await ana.reads('/')).toContain('Resume paging now');
    const ofOld = async () => (await second.journal()).filter(({ type }) => type === 'paging.resumed/1').length;
    expect(await ofOld()).toBe(0);
    expect((await pages(second)).length).toBeGreaterThanOrEqual(before);
    expect((await ana.post('/resume', {})).status).toBe(303);
    const alarmed = await ana.pager();
    await vi.waitFor(() => expect(rung(alarmed)).toContain(shortId), 15_000);
    alarmed.close();
    expect(await ana.reads('/')).not.toContain('is held');
    expect(await open(second)).toContain('paging.resumed/1');
    expect(await tocsin(folder, 'resume')).toMatchObject({ code: 0, out: expect.stringContaining('not held') });
  });

  it('is refused over a store, beside a running process, and of what a newer release made', async () => {
    const desk = await Tocsin.start({ yaml: shortDesk('10m') });
    await tocsin(desk.folder, 'backup', 'a.db');
    expect(await tocsin(desk.folder, 'restore', 'a.db')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Stop it first'),
    });
    expect((await desk.stop()).code).toBe(0);
    const over = await tocsin(desk.folder, 'restore', 'a.db');
    expect(over).toMatchObject({ code: 2, err: expect.stringContaining('move the old one away') });

    const folder = tempFolder();
    writeFileSync(join(folder, 'tocsin.yaml'), shortDesk());
    copyFileSync(join(desk.folder, 'a.db'), join(folder, 'newer.db'));
    const db = new DatabaseSync(join(folder, 'newer.db'));
    db.exec(`INSERT INTO "_migration" VALUES ('20990101000000_later', 'x', 'x')`);
    db.close();
    expect(await tocsin(folder, 'restore', 'newer.db')).toMatchObject({
      code: 78,
      err: expect.stringContaining('newer release'),
    });
    expect(readdirSync(join(folder, 'var'))).toEqual([]);
  });

  it('is tried without leaving anything: what is sound, what was changed, and what does not fold to its rows', async () => {
    const desk = await Tocsin.start({ yaml: shortDesk('10m') });
    await desk.send(urgent('one'));
    await desk.send(emergency('two'));
    await tocsin(desk.folder, 'backup', 'a.db');
    await desk.kill();
    const { folder } = desk;
    const check = (file: string) => tocsin(folder, 'restore', '--check', file);
    const before = readdirSync(join(folder, 'var'));
    expect(await check('a.db')).toMatchObject({ code: 0, out: expect.stringMatching(/2 requests folded: all are/) });

    mkdirSync(join(folder, 'bad'));
    const changed = (name: string, sql: string) => {
      copyFileSync(join(folder, 'a.db'), join(folder, 'bad', name));
      const db = new DatabaseSync(join(folder, 'bad', name));
      db.exec(sql);
      db.close();
      return join('bad', name);
    };
    const row = changed('row.db', `UPDATE request SET state = replace(state, '"open"', '"closed"')`);
    expect(await check(row)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/2 are not what their journal comes to/),
    });
    const alarm = changed('alarm.db', `DELETE FROM alarm WHERE kind = 'escalation'`);
    expect(await check(alarm)).toMatchObject({ code: 1, out: expect.stringMatching(/armed are \[.*\], and must be/) });
    const journal = changed(
      'journal.db',
      `DROP TRIGGER journal_entry_is_not_changed; UPDATE journal_entry SET body = replace(body, 'system', 'sustem')`,
    );
    expect(await check(journal)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/does not pass: .*hash_mismatch|wrong_body/),
    });
    expect(await check('none.db')).toMatchObject({ code: 2 });
    expect(readdirSync(join(folder, 'var'))).toEqual(before);
  });

  it('that was made by other means is taken as one', async () => {
    const desk = await Tocsin.start({ yaml: shortDesk('10m') });
    await desk.send(emergency('one'));
    await desk.kill();
    expect(await tocsin(desk.folder, 'restore', '--in-place')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Epoch 2'),
    });
    await using held = await Tocsin.start({ folder: desk.folder });
    expect(await (await Officer.signIn(held, 'ana')).reads('/')).toContain('is held');
  });
});
