import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/locales/catalogue.ts';
import { refusalText } from '../../src/locales/refusal-text.ts';

const naming = { officer: (id: string) => `officer ${id}`, time: (at: number) => `time ${at}` };

describe('a refusal', () => {
  it('names officers and times as the reader knows them', () => {
    const names = { owner: 'ana', at: '1970-01-01T00:00:01.000Z' };
    const refusal = { code: 'already_acknowledged', names } as const;
    expect(refusalText(catalogue('en'), refusal, naming)).toBe('officer ana already acknowledged it at time 1000.');
  });

  it('writes lists of codes as their texts, and keeps a code that nobody knows', () => {
    const names = { ground: 'x', grounds: 'political_offence, added_by_the_desk' };
    const text = refusalText(catalogue('fr'), { code: 'unknown_ground', names }, naming);
    expect(text).toContain('infraction politique ou liée à une infraction politique, added_by_the_desk');
  });

  it('does not take what an officer typed for anything but text', () => {
    const names = { policy: '{owner} <b>', officer: 'x' };
    expect(refusalText(catalogue('en'), { code: 'unknown_policy', names }, naming)).toContain('“{owner} <b>”');
  });
});
