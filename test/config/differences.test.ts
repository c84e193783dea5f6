import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences } from '../../src/config/differences.ts';

const text = (value: unknown) => JSON.stringify(value);

test('what is gone and what is new are told with their paths, and things of a list by their ids', () => {
  const before = { desks: [{ id: 'ncp', name: 'Old', order: ['ana', 'dan'] }], left: [] };
  const after = { desks: [{ id: 'ncp', name: 'New', order: ['dan'] }], left: [{ officer: 'ana', to: 'dan' }] };
  expect(differences(text(before), text(after))).toEqual([
    '- desks[ncp].name: "Old"',
    '+ desks[ncp].name: "New"',
    '- desks[ncp].order[0]: "ana"',
    '+ desks[ncp].order[0]: "dan"',
    '- desks[ncp].order[1]: "dan"',
    '- left: []',
    '+ left[0].officer: "ana"',
    '+ left[0].to: "dan"',
  ]);
});

test('somebody who is put in front of the others changes nothing of them', () => {
  const eva = { id: 'eva', name: 'Eva' };
  const told = differences(text({ officers: [eva] }), text({ officers: [{ id: 'ana', name: 'Ana' }, eva] }));
  expect(told).toEqual(['+ officers[ana].id: "ana"', '+ officers[ana].name: "Ana"']);
});

test('there are none between a text and itself, and some where two things are not equal', () => {
  const value = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(fc.integer(), fc.array(fc.string())));
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(differences(text(one), text(one))).toEqual([]);
      const isEqual = differences(text(one), text(other)).length === 0;
      const sorted = (it: object) => text(Object.entries(it).sort());
      expect(isEqual).toBe(sorted(one) === sorted(other));
    }),
  );
});
