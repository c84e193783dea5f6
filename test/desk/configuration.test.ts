import { expect, test } from 'vitest';
import { readRevision } from '../../src/cli/configuration.ts';
import { canonical } from '../../src/config/canonical.ts';
import { parseConfig } from '../../src/config/read.ts';
import { Configuration, type Offered } from '../../src/desk/configuration.ts';
import { revisionReader } from '../../src/desk/from-config.ts';
import { configurationNotice } from '../../src/desk/house-notices.ts';
import { AppliedRevisions } from '../../src/desk/revisions.ts';
import type { Actor } from '../../src/journal/actor.ts';
import type { People } from '../../src/ports/people.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { testDesk } from '../support/desk.ts';

const ROOT: Actor = { kind: 'shell', user: 'root' };
const FAULTY = { why: 'faulty', lines: ['tocsin.yaml:1:1: wrong; expected right.'] } as const;

function text(officers: readonly string[], head = 'ana'): string {
  const members = officers.map((id) => (id === head ? `{ id: ${id}, role: head }` : id));
  const file = `officers: [${officers.map((id) => `{ id: ${id}, name: ${id}, methods: [{ type: pager }] }`).join(', ')}]
desks: [{ id: ncp, name: NCP, time_zone: UTC, officers: [${members.join(', ')}], rota: { type: weekly, order: [dan] } }]`;
  const read = parseConfig(file, 'tocsin.yaml', { tokens: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return canonical(read.config);
}

async function house(through: (people: People) => People = (people) => people) {
  const { desk, store, clock } = await testDesk();
  const read = revisionReader(readRevision);
  const setups = new AppliedRevisions(store.revisions, read);
  const configuration = new Configuration({ desk: { ...desk, setups }, people: through(store), setups, read });
  const told = (offered: Offered) => configurationNotice('n1', clock.now(), offered, setups)?.('page');
  return { configuration, setups, store, told };
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
