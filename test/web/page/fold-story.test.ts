import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, rfc3339 } from '../../../rota/instant.ts';
import type { Entry } from '../../../src/journal/entry.ts';
import type { DeliveryRow } from '../../../src/ports/register.ts';
import type { EntryData, EntryType } from '../../../src/request/entries.ts';
import { foldStory } from '../../../src/web/page/fold-story.ts';
import { type RequestData, requestData } from '../../../src/web/page/request-data.ts';
import { story, storyLines } from '../../../src/web/page/story.ts';
import { type Viewer, viewerOf } from '../../../src/web/viewer.ts';
import { TUESDAY } from '../../support/desk.ts';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';

let made = 0;
function entry<T extends EntryType>(type: T, data: EntryData<T>): Entry {
  made += 1;
  const at = TUESDAY + made * MINUTE;
  return { n: made, type, at, actor: { kind: 'system' }, data } as unknown as Entry;
}
const failed = (page: string, code = 'unreachable') =>
  entry('page.failed/1', { page, attempt: 1, class: 'temporary', code });
const waits = () => entry('round.waits/1', { desk: 'ncp', until: rfc3339(TUESDAY + made * MINUTE) });
const rang = (round: number) =>
  entry('round.rang/1', { desk: 'ncp', round, policy: 'urgent', revision: 1, pages: [], until: rfc3339(TUESDAY) });
const seen = (by: string) => entry('page.seen/1', { by });
const handed = (page: string) => entry('page.handed_over/1', { page, attempt: 1 });
const step = (round: number, cause: 'window' | 'failed', skipped: EntryData<'step.rang/1'>['skipped'] = []) =>
  entry('step.rang/1', { desk: 'ncp', round, step: 0, cause, pages: [], desks: [], skipped, until: rfc3339(TUESDAY) });
const notice = (id: string) =>
  ({ id, kind: 'notice', address: 'room', methodType: 'channel' }) as unknown as DeliveryRow;

describe('entries that say the same', () => {
  const told = (entries: readonly Entry[]) =>
    foldStory(entries, ({ type, data }) =>
      type === 'page.seen/1' ? undefined : `${type} ${data['page'] ?? ''} ${data['code'] ?? ''}`,
    ).map(({ first, last, times }) => [times, entries.indexOf(first), entries.indexOf(last)]);

  it('are one line with the number, the first and the last', () => {
    expect(told([failed('a'), failed('a'), failed('a')])).toEqual([[3, 0, 2]]);
  });

  it('fold although others fail in between, each at the place of its newest', () => {
    expect(told([failed('a'), failed('b'), failed('a'), rang(2), failed('b'), failed('a', 'busy')])).toEqual([
      [2, 0, 2],
      [1, 3, 3],
      [2, 1, 4],
      [1, 5, 5],
    ]);
  });

  it('do not fold where something else happened in between', () => {
    expect(told([failed('a'), seen('dan'), failed('a'), failed('a')])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [2, 2, 3],
    ]);
  });

  it('fold only where they are another try: what people do is a line each time', () => {
    expect(told([seen('dan'), seen('dan')])).toHaveLength(2);
  });
});

describe('the story of a night with a dead provider', () => {
  let house: PageDesk;
  let viewer: Viewer;
  let data: RequestData;
  const rounds = Array.from({ length: 80 }, (_, round) => [
    rang(round + 2),
    failed('p1'),
    failed('p2'),
    waits(),
  ]).flat();

  beforeAll(async () => {
    house = await pageDesk();
    const found = viewerOf(house.desk.setups, { officer: 'dan', csrf: 'c' }, 'en', house.clock.now());
    const { id } = await house.receive({ text: 'hello' });
    const row = await house.store.request(id);
    const read = row && (await requestData(house.desk, row, false));
    if (found === undefined || read === undefined) throw new Error('the desk is not as it should be');
    viewer = found;
    data = { ...read, row: { ...read.row, version: rounds.length }, entries: rounds };
  });
  afterAll(() => house.close());

  it('has few lines, says how often, from when to when, and where all entries are', () => {
    const told = story(viewer, data).toString();
    expect(told.match(/<li /g)).toHaveLength(3);
    expect(told).toContain('Round 81 pages everybody');
    expect(told).not.toContain('Round 80 ');
    expect(told).toContain('160 times; each is an entry of the journal.');
    expect(told).toContain('80 times;');
    expect(told).toMatch(/<time[^>]*>[^<]*<\/time> – <time/);
    expect(told).toContain(`?story=all">Show all 320 entries</a>`);
  });

  const lines = (entries: readonly Entry[], more: Partial<RequestData> = {}) =>
    story(viewer, { ...data, entries, ...more })
      .toString()
      .match(/<li /g)?.length;

  it('folds rounds that are alike, and tells apart why they rang and who was skipped', () => {
    expect(lines([step(2, 'window'), failed('p'), step(3, 'window'), failed('p')])).toBe(2);
    expect(lines([step(2, 'window'), step(3, 'failed')])).toBe(2);
    const nobody = [{ whom: 'on_duty', why: 'nobody' }] as const;
    expect(lines([step(2, 'window'), step(3, 'window', nobody)])).toBe(2);
  });

  it('begins anew when a page is handed over, but not for one more card in a channel', () => {
    const night = [failed('p'), handed('x'), failed('p'), handed('x'), failed('p')];
    expect(lines(night)).toBe(5);
    expect(lines(night, { deliveries: [notice('x')] })).toBe(2);
  });

  it('has a line for each entry where all of them are asked for, and in an export', () => {
    const told = story(viewer, { ...data, whole: true }).toString();
    expect(told.match(/<li /g)).toHaveLength(320);
    expect(told).not.toContain(' times;');
    expect(told).not.toContain('story=all');
    expect(storyLines(viewer, data)).toHaveLength(320);
  });
});
