import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, instant } from '../../rota/instant.ts';
import { backupName, superfluous } from '../../src/desk/backup-keep.ts';

const OURS = '01a20ea7-a8dc-73d7-ac1a-3165f943c1c4';
const THEIRS = '01a20ea7-a8dc-73d7-ac1a-000000000000';
const KEEP = { daily: 7, weekly: 4 };
const MONDAY = instant('2026-11-23T03:30:00Z');

const daily = (days: number, from = MONDAY) =>
  Array.from({ length: days }, (_, day) => backupName(OURS, from - day * DAY, false));

describe('the keep rule', () => {
  it('names a backup by its installation and its time, so that names stand in the order of time', () => {
    expect(backupName(OURS, MONDAY, false)).toBe('tocsin-f943c1c4-20261123T033000Z.db');
    expect(backupName(OURS, MONDAY, true)).toBe('tocsin-f943c1c4-20261123T033000Z.db.age');
  });

  it('keeps the last of seven days and of four weeks, Monday to Sunday', () => {
    const names = daily(40);
    const kept = names.filter((name) => !superfluous(names, OURS, KEEP).includes(name));
    const days = kept.map((name) => name.slice(16, 24));
    // 23, the Monday itself, to 17; and the Sundays 15 and 8 (22 is among the days, and 23 begins the fourth week).
    expect(days).toEqual([
      ...['20261123', '20261122', '20261121', '20261120', '20261119', '20261118', '20261117'],
      ...['20261115', '20261108'],
    ]);
  });

  it('counts days that have a backup, not days that went by: after a month off nothing more goes', () => {
    const old = daily(3, MONDAY - 60 * DAY);
    expect(superfluous(old, OURS, { daily: 3, weekly: 0 })).toEqual([]);
    expect(superfluous([...old, ...daily(1)], OURS, { daily: 3, weekly: 0 })).toEqual([old[2]]);
  });

  it('keeps of several a day the newest', () => {
    const names = [0, 1, 2].map((hours) => backupName(OURS, MONDAY + hours * HOUR, false));
    expect(superfluous(names, OURS, { daily: 1, weekly: 1 })).toEqual([names[1], names[0]]);
  });

  const someName = fc.oneof(
    fc.integer({ min: 0, max: 2000 }).map((hours) => backupName(OURS, MONDAY - hours * HOUR, hours % 2 === 0)),
    fc.integer({ min: 0, max: 2000 }).map((hours) => backupName(THEIRS, MONDAY - hours * HOUR, false)),
    fc.constantFrom('tocsin.db', 'tocsin-f943c1c4-20261131T033000Z.db', 'tocsin-f943c1c4-20261123T033000Z.db.partial'),
    fc.constantFrom('tocsin-f943c1c4-20261123T033000Z.db.checkpoint', 'x-tocsin-f943c1c4-20261123T033000Z.db'),
    fc.string(),
  );
  const someRule = fc.record({ daily: fc.integer({ min: 1, max: 30 }), weekly: fc.integer({ min: 0, max: 30 }) });

  it('never lets go of the newest, nor of a file that is not ours', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someName), someRule, (names, keep) => {
        const gone = superfluous(names, OURS, keep);
        const ours = names.filter(
          (name) => /^tocsin-f943c1c4-\d{8}T\d{6}Z\.db(\.age)?$/.test(name) && !name.includes('1131'),
        );
        expect(gone.filter((name) => !ours.includes(name))).toEqual([]);
        const times = ours.map((name) => name.slice(16, 32)).sort();
        const kept = ours.filter((name) => !gone.includes(name)).map((name) => name.slice(16, 32));
        expect(ours.length === 0 || kept.includes(times.at(-1) ?? '')).toBe(true);
      }),
    );
  });

  it('lets go once: what is left stays, in whatever order it is listed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someName), someRule, (names, keep) => {
        const gone = superfluous(names, OURS, keep);
        expect([...superfluous(names.toReversed(), OURS, keep)].sort()).toEqual([...gone].sort());
        expect(
          superfluous(
            names.filter((name) => !gone.includes(name)),
            OURS,
            keep,
          ),
        ).toEqual([]);
      }),
    );
  });
});
