import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';

describe.concurrent('after a power cut', { timeout: 60_000 }, () => {
  it('the step that became due meanwhile runs at once, and the windows after it count from then', async () => {
    const folder = tempFolder();
    const yaml = shortDesk().replaceAll('window: 2s', 'window: 8s').replace('window: 8s', 'window: 1s');
    const before = await Tocsin.start({ folder, yaml });
    const pager = await (await Officer.signIn(before, 'dan')).pager();
    const { shortId, reference } = await before.send(emergency('power-cut'));
    await pager.page(shortId);
    const first = (await before.journal(reference)).find(({ type }) => type === 'step.rang/1');
    await before.kill();
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(String(first?.data['until']))), 5000);

    const started = Date.now();
    await using after = await Tocsin.start({ folder });
    const ready = Date.now();
    const [next] = await vi.waitFor(async () => {
      const steps = (await after.journal(reference)).filter(
        ({ type, n }) => type === 'step.rang/1' && n > (first?.n ?? 0),
      );
      expect(steps).not.toEqual([]);
      return steps;
    });
    expect(next?.data).toMatchObject({ step: 1, cause: 'window', pages: [{ officer: 'ana' }] });
    expect(next?.at).toSatisfy((at: number) => at > started && at <= ready + 1000);
    const eva = await Officer.signIn(after, 'eva');
    await eva.does(shortId, 'acknowledge');
    expect(await eva.reads(await eva.find(shortId))).toContain('Eva Specimen has it since');
    const { ours, theirs } = await after.verified();
    expect([ours.code, theirs.code]).toEqual([0, 0]);
  });
});

describe.concurrent('a faulty tocsin.yaml', { timeout: 60_000 }, () => {
  const faulty = shortDesk().replace('time_zone: UTC', 'time_zon: UTC').replace('order: [dan]', 'order: [dann]');

  it('stops nothing where a revision was applied: that one runs on, and it is said', async () => {
    const folder = tempFolder();
    const first = await Tocsin.start({ folder, yaml: shortDesk() });
    expect(await first.stop()).toMatchObject({ code: 0 });
    await using desk = await Tocsin.start({ folder, yaml: faulty });
    expect(desk.said).toMatch(/tocsin\.yaml:9:5 desks\[0\]\.time_zon: .*time_zone/);
    expect(desk.said).toMatch(/tocsin\.yaml:\d+:\d+ desks\[0\]\.rota\.order\[0\]: .*dan/);
    expect(desk.said).toContain('Tocsin runs on that one');
    const ready = await desk.fetch('/readyz');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.text)).toMatchObject({ ready: true, warnings: [{ code: 'configuration_faulty' }] });
    const dan = await Officer.signIn(desk, 'dan');
    const pager = await dan.pager();
    const { shortId } = await desk.send(emergency('faulty'));
    await pager.page(shortId);
  });

  it('stops nothing even where one bracket too many hides where the store is', async () => {
    const folder = tempFolder();
    const yaml = `${shortDesk()}database: file:var/elsewhere.db\n`;
    const first = await Tocsin.start({ folder, yaml });
    const { reference } = await first.send(emergency('bracket'));
    expect(await first.stop()).toMatchObject({ code: 0 });
    await using desk = await Tocsin.start({ folder, yaml: yaml.replace('officers:', 'officers: [') });
    expect(desk.said).toContain('this cannot be read as YAML');
    expect(await (await Officer.signIn(desk, 'dan')).reads('/')).toContain(reference);
  });

  it('ends with 78 where none was ever applied, and lists all that is wrong at once', async () => {
    const { code, err } = await Tocsin.launch({ yaml: faulty }).ended;
    expect(code).toBe(78);
    expect(err).toMatch(/desks\[0\]\.time_zon: /);
    expect(err).toMatch(/desks\[0\]\.rota\.order\[0\]: /);
    expect(err).toContain('No configuration was ever applied here');
    expect(err).not.toMatch(/^ {4}at /m);
  });
});

describe.concurrent('a second start', { timeout: 60_000 }, () => {
  it('on the same store is refused, and the first does not notice', async () => {
    await using first = await Tocsin.start({ yaml: shortDesk() });
    const { code, err } = await Tocsin.launch({ folder: first.folder }).ended;
    expect(code).toBe(78);
    expect(err).toContain('tocsin.db is open in another process, probably Tocsin');
    expect(err).not.toMatch(/^ {4}at /m);
    expect((await first.fetch('/readyz')).status).toBe(200);
    const { reference } = await first.send(emergency('undisturbed'));
    expect(reference).toMatch(/^T-\d{4}-0001$/);
  });

  it('on a port that is taken says so, and leaves the store to the next', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const folder = tempFolder();
    const { code, err } = await Tocsin.launch({ folder, yaml: shortDesk(), env: { TOCSIN_PORT: String(port) } }).ended;
    taken.close();
    expect(code).toBe(1);
    expect(err).toContain('The port is taken: set another one in TOCSIN_PORT, or stop what listens there.');
    await using desk = await Tocsin.start({ folder });
    expect((await desk.fetch('/readyz')).status).toBe(200);
  });

  it('where a dead process left its socket behind replaces it; where a file has the name it says so', async () => {
    const folder = tempFolder();
    const dead = await Tocsin.start({ folder, yaml: shortDesk() });
    await dead.kill();
    const next = await Tocsin.start({ folder });
    expect(await next.admin.status()).toMatchObject({ ready: true });
    expect((await next.stop()).code).toBe(0);
    writeFileSync(join(folder, 'var', 'tocsin.sock'), 'in the way');
    const { code, err } = await Tocsin.launch({ folder }).ended;
    expect(code).toBe(1);
    expect(err).toContain('tocsin.sock is in the way: it is no socket; move it elsewhere');
  });
});
