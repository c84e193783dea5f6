import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../rota/instant.ts';
import { Held } from '../../src/desk/held.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';
import { RESTORED } from '../../src/ports/backup.ts';
import type { HouseNotice } from '../../src/ports/channel.ts';
import { TUESDAY } from '../support/desk.ts';
import { type PageDesk, pageDesk } from '../support/page-desk.ts';

const ROOT = { kind: 'shell', user: 'root' } as const;

let house: PageDesk;
let told: HouseNotice[];
let old: { readonly shortId: string };

/** One request is open, and the store is as a restore leaves it. */
beforeEach(async () => {
  house = await pageDesk();
  told = [];
  old = await house.receive({ text: 'before' });
  wait(MINUTE);
  const entry = { type: RESTORED, actor: ROOT, data: {} };
  const at = house.clock.now();
  await house.store.step(INSTALLATION, (step) => step.save({ stream: INSTALLATION, at, entries: [entry] }));
  wait(MINUTE);
});

const held = (length?: number, epoch = 2) =>
  new Held({
    desk: house.desk,
    queue: house.store,
    reading: { register: house.store, installation: house.store.installation.id, pause: async () => undefined },
    epoch,
    length: () => length,
    tell: (notice) => void told.push(notice('page')),
  });
const wait = (time: number) => house.clock.set(house.clock.now() + time);
const due = async () => (await house.store.dueAlarms(house.clock.now(), 99)).map(({ kind }) => kind);
const types = async () => (await house.store.entries(INSTALLATION, 1, 99)).map(({ type }) => type).slice(-3);

describe('the hold after a restore', () => {
  it('keeps what was open from ringing for ten minutes, while its alarms stay armed', async () => {
    wait(60 * MINUTE);
    const rings = await due();
    expect(rings.length).toBeGreaterThan(0);
    const some = held();
    await some.begin();
    expect(await due()).toEqual([]);
    expect((await some.requests(['ncp'])).map(({ shortId }) => shortId)).toEqual([old.shortId]);
    wait(10 * MINUTE - 1);
    expect(await due()).toEqual([]);
    wait(1);
    expect(some.current()).toBeUndefined();
    expect(await due()).toEqual(rings);
  });

  it('lasts as long as the configuration says', async () => {
    const some = held(3 * MINUTE);
    await some.begin();
    expect(some.current()?.until).toBe(house.clock.now() + 3 * MINUTE);
  });

  it('does not concern what comes in after it began', async () => {
    const some = held(3 * 60 * MINUTE);
    await some.begin();
    const { shortId, id } = await house.receive({ text: 'after', ownReference: 'EX-2' });
    wait(2 * 60 * MINUTE);
    const ringing = (await house.store.dueAlarms(house.clock.now(), 99)).map(({ stream }) => stream);
    expect(new Set(ringing)).toEqual(new Set([`request/${id}`]));
    expect((await some.requests(['ncp'])).map((row) => row.shortId)).not.toContain(shortId);
  });

  it('goes on in the next process, for the rest of the time and no longer', async () => {
    wait(60 * MINUTE);
    await held().begin();
    wait(4 * MINUTE);
    const next = held();
    await next.begin();
    expect(next.current()?.until).toBe(house.clock.now() + 6 * MINUTE);
    wait(7 * MINUTE);
    const third = held();
    await third.begin();
    expect(third.current()).toBeUndefined();
    expect((await due()).length).toBeGreaterThan(0);
    expect((await types()).filter((type) => type === 'paging.held/1')).toHaveLength(1);
  });

  it('begins anew when a process ended between holding and saying so', async () => {
    await house.store.holdAlarms(house.clock.now() + MINUTE);
    const some = held();
    await some.begin();
    wait(9 * MINUTE);
    expect(await due()).toEqual([]);
  });

  it('ends when somebody resumes paging, once, and what is overdue rings at once', async () => {
    wait(60 * MINUTE);
    const some = held();
    await some.begin();
    expect(await some.resume(ROOT)).toBe(true);
    expect(await some.resume(ROOT)).toBe(false);
    expect((await due()).length).toBeGreaterThan(0);
    expect(await types()).toEqual([RESTORED, 'paging.held/1', 'paging.resumed/1']);
    const next = held();
    await next.begin();
    expect(next.current()).toBeUndefined();
    expect(told.map(({ code }) => code)).toEqual(['paging_resumed']);
  });

  it('is told to the channels, and that its time was over is journalled once', async () => {
    const some = held();
    await some.begin();
    await some.announce();
    await some.noteEnd();
    wait(10 * MINUTE);
    await some.noteEnd();
    await some.noteEnd();
    expect(told).toEqual([
      expect.objectContaining({ code: 'paging_held', shortIds: [old.shortId], until: TUESDAY + 12 * MINUTE }),
      expect.objectContaining({ code: 'paging_resumed' }),
    ]);
    expect((await types()).filter((type) => type === 'paging.resumed/1')).toHaveLength(1);
  });

  it('is none in an installation that was never restored', async () => {
    const some = held(undefined, 1);
    await some.begin();
    await some.announce();
    expect(some.current()).toBeUndefined();
    expect(told).toEqual([]);
  });
});
