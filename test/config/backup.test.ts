import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../rota/instant.ts';
import { canonical } from '../../src/config/canonical.ts';
import { eachFault } from './faults/each-fault.ts';
import { applied, fileWith } from './files.ts';

const KEY = `age1${'q'.repeat(58)}`;

describe('backups in the file', () => {
  test('have their defaults, and schedule nothing without a folder', () => {
    const { config } = applied(fileWith({ top: 'backup: {}\n' }));
    expect(config.backup).toEqual({ at: '03:30', keep: { daily: 7, weekly: 4 }, hold: 10 * MINUTE });
  });

  test('are in the revision as they are written, and a file without them is the revision that it was', () => {
    const plain = applied(fileWith({}));
    expect(plain.config).not.toHaveProperty('backup');
    expect(canonical(plain.config)).not.toContain('backup');
    const written = `backup: { folder: /b, at: "04:00", keep: { daily: 1, weekly: 0 }, recipient: ${KEY}, hold: 1h }\n`;
    const { config } = applied(fileWith({ top: written }));
    expect(applied(canonical(config), { tokens: {} }).config).toEqual(config);
    expect(config.backup).toMatchObject({ folder: '/b', recipient: KEY, hold: 60 * MINUTE });
  });
});

const backup = (line: string) => fileWith({ top: `backup:\n  ${line} #!\n` });

eachFault('backups', [
  { name: 'a time', text: backup('at: "3:30"'), path: 'backup.at', wrong: /"3:30"/, nearest: '03:30' },
  {
    name: 'a secret key',
    text: backup('recipient: AGE-SECRET-KEY-1hunter2'),
    path: 'backup.recipient',
    wrong: /is a secret key/,
  },
  { name: 'no key', text: backup('recipient: age1short'), path: 'backup.recipient', wrong: /age1short/ },
  { name: 'nothing kept', text: backup('keep: { daily: 0 }'), path: 'backup.keep.daily', wrong: /0/ },
  { name: 'a hold of days', text: backup('hold: 2d'), path: 'backup.hold', wrong: /too long/ },
]);
