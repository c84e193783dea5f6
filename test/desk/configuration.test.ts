import { expect, test } from 'vitest';
import { HOUR } from '../../rota/instant.ts';
import { readRevision } from '../../src/cli/configuration.ts';
import { canonical } from '../../src/config/canonical.ts';
import { parseConfig } from '../../src/config/read.ts';
import { act } from '../../src/desk/act.ts';
import { changeDuty } from '../../src/desk/change-duty.ts';
import { Configuration, type Offered } from '../../src/desk/configuration.ts';
import { revisionReader } from '../../src/desk/from-config.ts';
import { configurationNotice } from '../../src/desk/house-notices.ts';
import type { Origin } from '../../src/desk/incoming.ts';
import { receive } from '../../src/desk/receive.ts';
import { AppliedRevisions } from '../../src/desk/revisions.ts';
import type { Actor } from '../../src/journal/actor.ts';
import type { People } from '../../src/ports/people.ts';
import type { Revisions } from '../../src/ports/revisions.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { testDesk } from '../support/desk.ts';

const ROOT: Actor = { kind: 'shell', user: 'root' };
const FAULTY = { why: 'faulty', lines: ['tocsin.yaml:1:1: wrong; expected right.'] } as const;

function text(officers: readonly string[], head = 'ana', more = ''): string {
  const members = officers.map((id) => (id === head ? `{ id: ${id}, role: head }` : id));
  const file = `officers: [${officers.map((id) => `{ id: ${id}, name: ${id}, methods: [{ type: pager }] }`).join(', ')}]
desks: [{ id: ncp, name: NCP, time_zone: UTC, officers: [${members.join(', ')}], rota: { type: weekly, order: [dan] } }]
${more}`;
  const read = parseConfig(file, 'tocsin.yaml', { tokens: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return canonical(read.config);
}

async function house(
  through: (people: People) => People = (people) => people,
  beforeApply: () => Promise<void> = async () => {},
) {
  const { desk: made, store, clock } = await testDesk();
  const read = revisionReader(readRevision);
  const apply: Revisions['apply'] = async (...revision) => {
    await beforeApply();
    return store.revisions.apply(...revision);
  };
  const setups = new AppliedRevisions({ ...store.revisions, apply }, read);
  const desk = { ...made, setups };
  const configuration = new Configuration({ desk, people: through(store), setups, read });
  const told = (offered: Offered) => configurationNotice('n1', clock.now(), offered, setups)?.('page');
  return { configuration, setups, store, desk, clock, told };
}

test('what is offered becomes the next revision, with its author, and the rota is armed', async () => {
  const { configuration, setups, store, told } = await house();
  const offered = await configuration.offer({ text: text(['ana', 'dan']) }, ROOT);
  expect(offered).toMatchObject({ result: 'applied', before: undefined, revision: { number: 1, author: 'root' } });
  expect(told(offered)).toMatchObject({ code: 'configuration_applied', revision: 1, by: 'root' });
  expect(setups.inForce()?.number).toBe(1);
  await store.step('rota/ncp', async (step) => expect(await step.armed('rota/ncp', 'rota')).toBeDefined());
});

test('the same again is no revision, and nobody is told', async () => {
  const { configuration, setups, told } = await house();
  await configuration.offer({ text: text(['ana', 'dan']) }, ROOT);
  const again = await configuration.offer({ text: text(['ana', 'dan']) }, ROOT);
  expect(again).toMatchObject({ result: 'same', revision: { number: 1 } });
  expect([setups.newest(), told(again)]).toEqual([1, undefined]);
});

test('what may not follow the revision in force changes nothing, and the head is told', async () => {
  const { configuration, setups, told } = await house();
  await configuration.offer({ text: text(['ana', 'dan']) }, ROOT);
  const offered = await configuration.offer({ text: text(['ana', 'dan']).replaceAll('"ncp"', '"elsewhere"') }, ROOT);
  expect(offered).toMatchObject({ result: 'unapplied', unapplied: { why: 'refused' } });
  expect(configuration.unapplied()?.lines.join()).toContain('the desk ncp is no longer there');
  expect(told(offered)).toMatchObject({ code: 'configuration_refused', revision: 1, officers: ['ana'] });
  expect(setups.newest()).toBe(1);
});

test('a faulty file is known until one without faults is offered, and without a head everyone is told', async () => {
  const { configuration, told } = await house();
  const good = { text: text(['ana', 'dan'], 'nobody') };
  await configuration.offer(good, ROOT);
  const offered = await configuration.offer(FAULTY, ROOT);
  expect(told(offered)).toMatchObject({ code: 'configuration_faulty', officers: ['ana', 'dan'] });
  expect(configuration.unapplied()).toEqual(FAULTY);
  expect(await configuration.offer(good, ROOT)).toMatchObject({ result: 'same' });
  expect(configuration.unapplied()).toBeUndefined();
});

test('of two offers at a time the second waits for the first', async () => {
  const { configuration } = await house();
  const [one, two] = await Promise.all([
    configuration.offer({ text: text(['ana', 'dan']) }, ROOT),
    configuration.offer({ text: text(['ana', 'dan', 'eva']) }, ROOT),
  ]);
  expect([one, two]).toMatchObject([{ revision: { number: 1 } }, { revision: { number: 2 }, before: { number: 1 } }]);
});

test('a revision that was applied just before the store went away is made ready when it is offered again', async () => {
  let isAway = true;
  const seeded: string[] = [];
  const { configuration } = await house((people) => ({
    seedMethods: async (desk, methods) => {
      if (isAway) throw new StoreUnavailable('SQLITE_BUSY', false);
      seeded.push(...methods.map(({ id }) => id));
      await people.seedMethods(desk, methods);
    },
  }));
  const offer = { text: text(['ana', 'dan']) };
  await expect(configuration.offer(offer, ROOT)).rejects.toThrow(StoreUnavailable);
  isAway = false;
  expect(await configuration.offer(offer, ROOT)).toMatchObject({ result: 'same' });
  expect(seeded).toEqual(['ana/pager', 'dan/pager']);
});

test('a request that is taken while the configuration is applied that lets its owner go is paged again at once', async () => {
  let whileApplied = async () => {};
  const { configuration, desk } = await house(undefined, () => whileApplied());
  await configuration.offer({ text: text(['ana', 'dan', 'eva']) }, ROOT);
  const origin: Origin = {
    desk: 'ncp',
    source: 'ncb',
    known: true,
    mayTest: false,
    verification: { how: 'token', by: 'NCB Example' },
    actor: { kind: 'source', source: 'ncb' },
  };
  const message = { kind: 'emergency_disclosure', grounds: ['life'], sender: {}, items: {}, identifiers: [] } as const;
  const parts = { attachments: [], kindChosenBy: 'source', nature: 'request', notes: [] } as const;
  await receive(desk, origin, { id: 'r1', message, ...parts, bodySha256: '', overRate: false });
  whileApplied = async () => expect(await act(desk, 'r1', 'acknowledge', {}, 'eva')).toMatchObject({ ok: true });
  expect(await configuration.offer({ text: text(['ana', 'dan']) }, ROOT)).toMatchObject({ result: 'applied' });
  const types = (await desk.store.entries('request/r1', 1, 100)).map(({ type }) => type);
  expect(types.slice(types.indexOf('request.acknowledged/1'))).toEqual([
    'request.acknowledged/1',
    'progress.lapsed/1',
    'round.began/1',
    'step.rang/1',
  ]);
});

test("a change of the rota that names somebody who left is his successor's as soon as the file is applied", async () => {
  const { configuration, desk, clock } = await house();
  await configuration.offer({ text: text(['ana', 'dan', 'eva']) }, ROOT);
  const now = clock.now();
  const cover = { kind: 'cover', officers: ['eva'], start: now, end: now + HOUR } as const;
  expect(await changeDuty(desk, 'ncp', cover, 'ana')).toMatchObject({ ok: true });
  expect(await configuration.offer({ text: text(['ana', 'dan']) }, ROOT)).toMatchObject({ result: 'unapplied' });
  const named = text(['ana', 'dan'], 'ana', 'left: [{ officer: eva, to: ana }]');
  expect(await configuration.offer({ text: named }, ROOT)).toMatchObject({ result: 'applied' });
  const rota = desk.setups.desk('ncp')?.rota(await desk.store.overrides('ncp'));
  expect([rota?.onDuty(now), rota?.onDuty(now + HOUR)]).toEqual([['ana'], ['dan']]);
});
