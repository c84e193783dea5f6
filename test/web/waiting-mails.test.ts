import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { birth } from '../support/birth.ts';
import { testHouse } from './house.ts';

const MAILS = 60;

/** What a process left behind that died with its inbox full. */
async function fillInbox(database: string): Promise<void> {
  const store = await openStore({ url: database, ...birth });
  for (let n = 0; n < MAILS; n++) {
    const bytes = Buffer.from(`Subject: Waiting ${n}\r\n\r\nHelp.`);
    await store.keep({ id: `mail-${n}`, source: 'exampleland', receivedAt: n, media: 'message/rfc822', bytes });
  }
  await store.close();
}

test('waiting mails keep nobody out after a crash: they are read beside what comes in, and each becomes a request', async () => {
  const house = await testHouse({}, fillInbox);
  const taken = async () => (await house.desk.store.board(['ncp'], ['open'], 1000)).length;
  expect(await taken()).toBeLessThan(MAILS);
  expect((await fetch(`${house.address}/healthz`)).status).toBe(200);
  await house.send({ kind: 'preservation', text: 'New' });
  expect(await taken()).toBeLessThan(MAILS + 1);
  await expect.poll(taken, { timeout: 60_000, interval: 50 }).toBe(MAILS + 1);
  await house.stop();
}, 90_000);
