import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder, tocsin, verifyPy } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/tocsin.yaml', import.meta.url));

describe('tocsin config check', () => {
  it('says that there is nothing wrong, or all that is wrong, and ends with 0 or 78', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, '.env'), `TOCSIN_TOKEN_NCB=${'t'.repeat(30)}\n`);
    const good = await tocsin(folder, 'config', 'check', EXAMPLE);
    expect(good).toMatchObject({ code: 0, err: '', out: expect.stringContaining('has no faults.') });
    writeFileSync(
      join(folder, 'tocsin.yaml'),
      shortDesk().replace('officers: [{ id: ana', 'officer: [{ id: ana').replace('2s', '2x'),
    );
    writeFileSync(join(folder, '.env'), 'TOCSIN_PROT=8421\n');
    const variables = await tocsin(folder, 'config', 'check');
    expect(variables).toMatchObject({
      code: 78,
      out: '',
      err: expect.stringMatching(/\.env:1:1 TOCSIN_PROT: .*TOCSIN_PORT/),
    });
    writeFileSync(join(folder, '.env'), '');
    const bad = await tocsin(folder, 'config', 'check');
    expect(bad.code).toBe(78);
    expect(bad.err).toMatch(/desks\[0\]\.officer: .*"officers"/);
    expect(bad.err).toMatch(/policies\.emergency\.steps\[0\]\.window: .*2x/);
    const none = await tocsin(folder, 'config', 'check', 'nowhere.yaml');
    expect(none).toMatchObject({ code: 78, err: expect.stringContaining('nowhere.yaml: there is no such file') });
  }, 30_000);
});

describe('the command line', { timeout: 60_000 }, () => {
  let desk: Tocsin;
  let reference: string;
  let checkpoint: string;
  beforeAll(async () => {
    desk = await Tocsin.start({ yaml: shortDesk('10m') });
    ({ reference } = await desk.send(emergency('first')));
    await (await Officer.signIn(desk, 'dan')).reads('/');
    checkpoint = (await tocsin(desk.folder, 'journal', 'checkpoint')).out.trim();
    await desk.send(emergency('second'));
  }, 60_000);
  afterAll(() => desk[Symbol.asyncDispose]());

  it('prints a link by which an officer signs in once, and knows who is none', async () => {
    const { code, out, err } = await tocsin(desk.folder, 'link', 'dan');
    expect([code, out]).toEqual([0, expect.stringMatching(new RegExp(`^${desk.address}/signin/\\S+\\n$`))]);
    expect(err).toMatch(/^For dan, once, until \d{4}-/);
    expect(await (await Officer.enter(desk, out.trim())).reads('/')).toContain('Dan Sample');
    const unknown = await tocsin(desk.folder, 'link', 'nobody');
    expect(unknown).toEqual({
      code: 1,
      out: '',
      err: 'There is no officer of that name in the configuration in force.\n',
    });
    const nothingRuns = await tocsin(tempFolder(), 'link', 'dan');
    expect(nothingRuns).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('no Tocsin answers at var/tocsin.sock'),
    });
  });

  it('exports one request, and says when there is none of that reference', async () => {
    const one = await tocsin(desk.folder, 'journal', 'export', reference);
    expect(one).toMatchObject({ code: 0, err: '', out: expect.stringContaining('request.received/1') });
    const none = await tocsin(desk.folder, 'journal', 'export', 'T-1999-0001');
    expect(none).toEqual({ code: 1, out: '', err: 'There is no request of that reference.\n' });
  });

  it('writes one request as a page in the language that is asked for, and no page of the whole journal', async () => {
    const french = await tocsin(desk.folder, 'journal', 'export', reference, '--page', '--language', 'fr');
    expect(french).toMatchObject({ code: 0, err: '', out: expect.stringContaining('<html lang="fr"') });
    expect(french.out.trimEnd().endsWith('</html>')).toBe(true);
    const whole = await tocsin(desk.folder, 'journal', 'export', '--page');
    expect(whole).toMatchObject({ code: 2, out: '', err: expect.stringContaining('name a request') });
    const other = await tocsin(desk.folder, 'journal', 'export', reference, '--page', '--language', 'de');
    expect(other).toMatchObject({ code: 2, out: '', err: expect.stringContaining('expected en or fr') });
  });

  it('verifies the running journal against a checkpoint that was kept elsewhere', async () => {
    expect(checkpoint).toMatch(/^tocsin-checkpoint\/1 /);
    const kept = join(desk.folder, 'checkpoint.txt');
    writeFileSync(kept, `${checkpoint}\n`);
    for (const given of [checkpoint, kept]) {
      const proved = await tocsin(desk.folder, 'journal', 'verify', '--checkpoint', given);
      expect(proved).toMatchObject({ code: 0, out: expect.stringMatching(/^ok: .*\nnot proved: anything written/) });
    }
    const without = await tocsin(desk.folder, 'journal', 'verify', '--json');
    expect(JSON.parse(without.out)).toMatchObject({ outcome: 'ok', notProved: [{ what: 'no_checkpoint' }] });
    const nonsense = await tocsin(desk.folder, 'journal', 'verify', '--checkpoint', 'tocsin-checkpoint/9');
    expect(nonsense).toMatchObject({ code: 2, err: expect.stringContaining('expected a line that begins with') });
  });

  it('names the entry that was forged in an export, as verify.py does', async () => {
    const lines = (await desk.exported()).toString('utf8').trimEnd().split('\n').slice(0, -1);
    const at = lines.findIndex((line) => line.includes('step.rang/1'));
    const { entry } = JSON.parse(lines[at] ?? '') as { entry: { stream: string; n: number } };
    const forged = lines.with(at, (lines[at] ?? '').replace('\\"officer\\":\\"dan\\"', '\\"officer\\":\\"eva\\"'));
    expect(forged[at]).not.toBe(lines[at]);
    const file = join(desk.folder, 'forged.jsonl');
    writeFileSync(file, `${forged.join('\n')}\n${endOf(forged)}\n`);
    const named = `BROKEN ${entry.stream} ${entry.n}: hash_mismatch`;
    expect(await tocsin(desk.folder, 'journal', 'verify', file)).toMatchObject({
      code: 1,
      out: expect.stringContaining(named),
    });
    expect(await verifyPy(file)).toMatchObject({ code: 1, out: expect.stringContaining(named) });
    writeFileSync(file, lines.join('\n'));
    expect((await tocsin(desk.folder, 'journal', 'verify', file)).code).toBe(2);
  });

  it('verifies a copy of the store without changing it, and names what was changed or is missing there', async () => {
    await desk.kill();
    const copy = copyOf(desk);
    const before = hashOf(copy);
    const good = await tocsin(desk.folder, 'journal', 'verify', copy, '--checkpoint', checkpoint);
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^ok: /) });
    expect(hashOf(copy)).toBe(before);

    const [stream] = forge(copy, "SELECT stream FROM journal_entry WHERE type = 'step.rang/1'");
    forge(copy, "UPDATE journal_entry SET body = replace(body, '\"dan\"', '\"eva\"') WHERE type = 'step.rang/1'");
    const changed = await tocsin(desk.folder, 'journal', 'verify', copy);
    expect(changed).toMatchObject({ code: 1, out: expect.stringMatching(/^BROKEN request\/\S+ 3: hash_mismatch/) });

    const cut = copyOf(desk);
    forge(cut, `DELETE FROM journal_entry WHERE stream = '${stream}'`);
    forge(cut, `DELETE FROM stream WHERE name = '${stream}'`);
    const missing = await tocsin(desk.folder, 'journal', 'verify', cut, '--checkpoint', checkpoint);
    expect(missing).toMatchObject({ code: 1, out: expect.stringContaining(`BROKEN ${stream} 1: missing_stream`) });
    const other = await tocsin(desk.folder, 'journal', 'verify', EXAMPLE);
    expect(other).toMatchObject({ code: 2, out: expect.stringMatching(/^unusable: /) });
    const nothingRuns = await tocsin(desk.folder, 'journal', 'verify');
    expect(nothingRuns).toMatchObject({ code: 1, err: expect.stringContaining('no Tocsin answers') });
  });
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function endOf(lines: readonly string[]): string {
  const sha256 = createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
  return JSON.stringify({ end: { sha256 } });
}

let copies = 0;
function copyOf({ folder, database }: Tocsin): string {
  const copy = join(folder, `copy-${copies++}.db`);
  copyFileSync(database, copy);
  if (existsSync(`${database}-wal`)) copyFileSync(`${database}-wal`, `${copy}-wal`);
  return copy;
}

/** As somebody would who can write the store: its triggers are no obstacle to them. The first column of what comes back. */
function forge(file: string, sql: string): readonly string[] {
  const db = new DatabaseSync(file);
  try {
    const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    return db
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]));
  } finally {
    db.close();
  }
}
