import { expect, it, vi } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';

/** 12 MiB: enough to begin with, soon full of requests of 150 kB each. */
const LARGEST_FILE = 24_576;
const WORDS = `markedwords${'x'.repeat(150_000)}`;

it('a full disk refuses what it cannot keep, loses nothing of what it did, and says nothing of it in the log', {
  timeout: 60_000,
}, async () => {
  const folder = tempFolder();
  const full = await Tocsin.start({ folder, yaml: shortDesk('10m'), largestFile: LARGEST_FILE });
  const dan = await Officer.signIn(full, 'dan');
  const kept: string[] = [];
  let refused = await full.post({ ...emergency('full-0'), text: WORDS });
  for (let i = 1; refused.status === 201 && i < 58; i++) {
    kept.push((JSON.parse(refused.text) as { reference: string }).reference);
    refused = await full.post({ ...emergency(`full-${i}`), text: WORDS });
  }
  expect(kept.length).toBeGreaterThan(10);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.text).toContain('if it is an emergency, telephone');
  const { status, text } = await vi.waitFor(async () => {
    const ready = await full.fetch('/readyz');
    expect(ready.status).toBe(503);
    return ready;
  });
  expect([status, JSON.parse(text)]).toMatchObject([503, { ready: false, reasons: [{ code: 'store_unavailable' }] }]);
  expect((await dan.reads('/')).length).toBeGreaterThan(0);
  await full.kill();
  expect(full.said).not.toContain('markedwords');
  expect(full.said).toMatch(/"level":"error"/);

  await using desk = await Tocsin.start({ folder });
  const next = await desk.send(emergency('room-again'));
  const references = (await desk.journal())
    .filter(({ type }) => type === 'request.received/1')
    .map(({ data }) => String(data['reference']))
    .sort();
  expect(references).toEqual([...kept, next.reference].sort());
  expect(references.map((reference) => Number(reference.slice(-4)))).toEqual(references.map((_, index) => index + 1));
  const { ours, theirs } = await desk.verified();
  expect([ours.code, theirs.code]).toEqual([0, 0]);
});
