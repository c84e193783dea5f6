import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Refused } from '../../src/web/admin-client.ts';
import { Tocsin, tempFolder, tocsin } from '../support/process.ts';
import { shortDesk } from '../support/story-desk.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const BEFORE = shortDesk('10m');
const AFTER = BEFORE.replace('window: 10m', 'window: 9m');
const LINE = '+ desks[ncp].policies.emergency.steps[0].window: "9m"';
/** Dan has the shifts and nobody takes over. */
const LEFT = BEFORE.replace(/ {2}- \{ id: dan.*\n/, '')
  .replace('dan, eva]', 'eva]')
  .replace('[dan]', '[eva]');

const write = ({ folder }: Pick<Tocsin, 'folder'>, yaml: string) => writeFileSync(join(folder, 'tocsin.yaml'), yaml);
/** As at a terminal: the answer is typed. */
const answering = ({ folder }: Tocsin, answer: string) =>
  spawnSync(process.execPath, [CLI, 'config', 'apply'], { cwd: folder, input: `${answer}\n`, encoding: 'utf8' });
const revisions = async (desk: Tocsin) =>
  (await desk.journal()).filter(({ type }) => type.startsWith('revision.')).map(({ actor }) => actor);

describe.concurrent('tocsin config diff and apply', { timeout: 90_000 }, () => {
  it('show what differs, and apply it once somebody has agreed, in his name', async () => {
    await using desk = await Tocsin.start({ yaml: BEFORE });
    expect(await tocsin(desk.folder, 'config', 'diff')).toEqual({
      code: 0,
      out: 'The file says what is in force (revision 1).\n',
      err: '',
    });
    write(desk, AFTER);
    const differs = await tocsin(desk.folder, 'config', 'diff');
    expect(differs).toMatchObject({ code: 1, err: '', out: expect.stringContaining(LINE) });
    const asked = await tocsin(desk.folder, 'config', 'apply');
    expect(asked).toMatchObject({ code: 1, out: differs.out, err: expect.stringContaining('Nothing was applied.') });
    expect(answering(desk, 'no')).toMatchObject({ status: 1 });
    expect(await revisions(desk)).toHaveLength(1);
    const agreed = answering(desk, 'y');
    expect(agreed).toMatchObject({ status: 0, stdout: expect.stringContaining('Revision 2 is in force.') });
    expect((await revisions(desk)).at(-1)).toEqual({ kind: 'shell', user: userInfo().username });
    expect(JSON.parse((await desk.fetch('/readyz')).text)).toMatchObject({ revision: 2, warnings: [] });
    const again = await tocsin(desk.folder, 'config', 'apply', '--yes');
    expect(again).toEqual({ code: 0, out: 'The file says what is in force (revision 2).\n', err: '' });
  });

  it('refuse what leaves work to nobody, and say whom and what to do', async () => {
    await using desk = await Tocsin.start({ yaml: BEFORE });
    write(desk, LEFT);
    const refused = await tocsin(desk.folder, 'config', 'apply', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/dan is no longer in ncp but has shifts.*left: \[\{ officer: dan, to: … \}\]/);
    expect(refused.err).toContain('revision 1 runs on');
    expect(await revisions(desk)).toHaveLength(1);
  });

  it('apply nothing that was agreed to on another revision, and no text that is no configuration', async () => {
    await using desk = await Tocsin.start({ yaml: BEFORE });
    const { text, revision } = await desk.admin.configuration();
    const changed = text.replace('"Ana Example"', '"Ana Specimen"');
    const code = (offer: { readonly text: string; readonly before: number }) =>
      desk.admin.apply({ ...offer, user: 'root' }).catch((error: Refused) => error.code);
    expect(await code({ text: changed, before: revision - 1 })).toBe('changed_meanwhile');
    expect(await code({ text: 'officers: []', before: revision })).toBe('invalid');
    expect(await revisions(desk)).toHaveLength(1);
    expect(await code({ text: changed, before: revision })).toMatchObject({ result: 'applied', revision: 2 });
  });

  it('list the faults of a faulty file, and say when nothing runs', async () => {
    const folder = tempFolder();
    expect(await tocsin(folder, 'config', 'apply')).toMatchObject({ code: 78 });
    write({ folder }, BEFORE.replace('time_zone', 'time_zon'));
    const faulty = await tocsin(folder, 'config', 'diff');
    expect(faulty).toMatchObject({ code: 78, err: expect.stringContaining('time_zone') });
    write({ folder }, BEFORE);
    const alone = await tocsin(folder, 'config', 'apply', '--yes');
    expect(alone).toMatchObject({ code: 69, err: expect.stringContaining('the next start does') });
  });
});
