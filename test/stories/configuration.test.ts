import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';

const BEFORE = shortDesk('10m');
/** Filip comes, and an emergency pages him first. */
const AFTER = BEFORE.replace(
  'officers:\n',
  'officers:\n  - { id: filip, name: Filip Muster, methods: [{ type: pager }] }\n',
)
  .replace('{ id: ana, role: head }, dan, eva]', '{ id: ana, role: head }, dan, eva, filip]')
  .replace('{ page: on_duty, window: 10m }', '{ page: [{ officer: filip }], window: 10m }');
const FAULTY = AFTER.replace('time_zone: UTC', 'time_zon: UTC');
/** Dan has the shifts and nobody takes over. */
const REFUSED = BEFORE.replace(/ {2}- \{ id: dan.*\n/, '')
  .replace('dan, eva]', 'eva]')
  .replace('[dan]', '[eva]');

const hangUp = async (desk: Tocsin, yaml: string, says: RegExp) => {
  writeFileSync(join(desk.folder, 'tocsin.yaml'), yaml);
  desk.signal('SIGHUP');
  await desk.saying(says);
};
const readiness = async (desk: Tocsin) =>
  JSON.parse((await desk.fetch('/readyz')).text) as Readonly<Record<string, unknown>>;

describe.concurrent('SIGHUP', { timeout: 90_000 }, () => {
  it('applies a changed file in the running process: who is new is paged by the new policy', async () => {
    await using desk = await Tocsin.start({ yaml: BEFORE });
    const dan = await (await Officer.signIn(desk, 'dan')).pager();
    const running = await desk.send(emergency('before'));
    await dan.page(running.shortId);
    await hangUp(desk, AFTER, /\+ desks\[ncp\]\.policies\.emergency\.steps\[0\]\.page\[0\]\.officer: "filip"/);
    expect(desk.said).toContain('+ officers[filip].name: "Filip Muster"');
    const officer = await Officer.signIn(desk, 'filip');
    const filip = await officer.pager();
    const { shortId, reference } = await desk.send(emergency('after'));
    await filip.page(shortId);
    expect((await desk.journal(reference)).map(({ data }) => data['revision'])).toContain(2);
    expect(dan.pagesFor(shortId)).toEqual([]);
    expect(filip.pagesFor(running.shortId)).toEqual([]);
    await officer.sees('/', /Revision 2, applied by \S+, /);
    const applied = (await desk.journal()).filter(({ type }) => type.startsWith('revision.'));
    expect(applied.map(({ actor }) => actor.kind)).toEqual(['shell', 'shell']);
    await hangUp(desk, AFTER, /The file says what runs already \(revision 2\)/);
    expect(await readiness(desk)).toMatchObject({ revision: 2, warnings: [] });
  });

  it('changes nothing with a faulty file and says so on every page, until it is mended', async () => {
    await using desk = await Tocsin.start({ yaml: BEFORE });
    const eva = await Officer.signIn(desk, 'eva');
    const pager = await (await Officer.signIn(desk, 'dan')).pager();
    await hangUp(desk, FAULTY, /desks\[0\]\.time_zon: [\s\S]*The file was not applied: Tocsin runs on revision 1/);
    const { shortId } = await desk.send(emergency('faulty'));
    await pager.page(shortId);
    for (const path of ['/', await eva.find(shortId)]) {
      const page = await eva.reads(path);
      expect(page).toContain('tocsin.yaml has faults: revision 1 runs on.');
      expect(page).toContain('Ana Example should have it mended.');
      expect(page).toMatch(/tocsin\.yaml:\d+:5 desks\[0\]\.time_zon: .*time_zone/);
    }
    expect(await readiness(desk)).toMatchObject({ ready: true, warnings: [{ code: 'configuration_faulty' }] });
    await hangUp(desk, AFTER, /Revision 2 is in force/);
    expect(await eva.reads('/')).not.toContain('tocsin.yaml');
    expect(await readiness(desk)).toMatchObject({ revision: 2, warnings: [] });
  });

  it('does not let anybody leave with work in hand, nor the file vanish, and runs on', async () => {
    await using desk = await Tocsin.start({ yaml: BEFORE });
    const eva = await Officer.signIn(desk, 'eva');
    await hangUp(desk, REFUSED, /dan is no longer in ncp but has shifts/);
    expect(await eva.reads('/')).toMatch(/tocsin\.yaml was not applied: revision 1 runs on\..*dan is no longer in ncp/);
    expect(await readiness(desk)).toMatchObject({ warnings: [{ code: 'configuration_refused' }] });
    rmSync(join(desk.folder, 'tocsin.yaml'));
    desk.signal('SIGHUP');
    await desk.saying(/tocsin\.yaml: there is no such file/);
    expect(await eva.reads('/')).toContain('tocsin.yaml is missing: revision 1 runs on.');
    await hangUp(desk, BEFORE, /The file says what runs already \(revision 1\)/);
    expect(await eva.reads('/')).not.toContain('tocsin.yaml');
  });

  it('sent while it starts is kept until it runs', async () => {
    const folder = tempFolder();
    const command = Tocsin.launch({ folder, yaml: BEFORE });
    await vi.waitFor(() => expect(command.out + command.err).not.toBe(''), 20_000).catch(() => undefined);
    command.child.kill('SIGHUP');
    await using desk = await Tocsin.ready(folder, command);
    await desk.saying(/The file says what runs already \(revision 1\)/);
  });
});

describe.concurrent('without its tocsin.yaml', { timeout: 90_000 }, () => {
  it('a desk that once had one runs on what was applied, and says what is missing', async () => {
    const folder = tempFolder();
    const first = await Tocsin.start({ folder, yaml: BEFORE });
    expect((await first.stop()).code).toBe(0);
    renameSync(join(folder, 'tocsin.yaml'), join(folder, 'tocsin.yaml.old'));
    rmSync(join(folder, 'var', 'footing.json'));
    await using desk = await Tocsin.start({ folder });
    expect(desk.said).toContain('tocsin.yaml: there is no such file');
    expect(desk.said).not.toContain('demo desk is on duty');
    expect(await readiness(desk)).toMatchObject({ revision: 1, warnings: [{ code: 'configuration_missing' }] });
    const dan = await Officer.signIn(desk, 'dan');
    expect(await dan.reads('/')).toContain('tocsin.yaml is missing: revision 1 runs on.');
    const pager = await dan.pager();
    const { shortId } = await desk.send(emergency('missing'));
    await pager.page(shortId);
  });

  it('the store of the demo starts the demo again, also where it stands at the place of another', async () => {
    const folder = tempFolder();
    const first = await Tocsin.start({ folder });
    const { reference } = await first.send(emergency('demo'));
    expect((await first.stop()).code).toBe(0);
    const env = { TOCSIN_DATABASE_URL: 'file:var/demo.db' };
    await using desk = await Tocsin.start({ folder, env });
    expect(desk.said).toContain('the demo desk is on duty');
    expect(await readiness(desk)).toMatchObject({ revision: 1, warnings: [] });
    expect(await (await Officer.signIn(desk, 'dan')).reads('/')).toContain(reference);
    desk.signal('SIGHUP');
    await desk.saying(/The demo desk has no file/);
  });
});
