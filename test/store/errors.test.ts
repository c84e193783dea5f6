import { describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { StoreFault, TextRefused, toStoreError } from '../../src/store/errors.ts';

const adapter = (cause: object) => Object.assign(new Error('secret of a row'), { name: 'DriverAdapterError', cause });
const prisma = (code: string, meta?: object) => Object.assign(new Error('secret of a row'), { code, meta });
const libsql = (code: string, rawCode: number) => Object.assign(new Error('secret of a row'), { code, rawCode });

describe('an error of the database', () => {
  test.each([
    ['a full disk', libsql('SQLITE_FULL', 13), 'SQLITE_FULL'],
    [
      'a full disk behind the adapter',
      adapter({ kind: 'sqlite', extendedCode: 13, originalCode: '13' }),
      'SQLITE_FULL',
    ],
    ['a file that another process has', adapter({ kind: 'SocketTimeout', originalCode: '5' }), 'SQLITE_BUSY'],
    ['a disk that fails', libsql('SQLITE_IOERR_FSYNC', 1034), 'SQLITE_IOERR'],
    ['Prisma without a server', prisma('P1001'), 'P1001'],
    ['Prisma after a timeout', prisma('P1008'), 'P1008'],
    ['Prisma without a transaction', prisma('P2028'), 'P2028'],
    ['Prisma after a conflict', prisma('P2034'), 'P2034'],
    ['a server that shuts down', prisma('P2039', { driverAdapterError: adapter({ originalCode: '57P01' }) }), '57P01'],
    ['a lock that was not given in time', adapter({ kind: 'postgres', code: '55P03', originalCode: '55P03' }), '55P03'],
    ['a deadlock', adapter({ kind: 'TransactionWriteConflict', originalCode: '40P01' }), '40P01'],
    ['a full disk of the server', adapter({ kind: 'postgres', originalCode: '53100' }), '53100'],
    ['a socket that was refused', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['a connection that broke, which has no code', new Error('Connection terminated unexpectedly'), 'connection'],
  ])('%s can be over later', (_name, error, code) => {
    const told = toStoreError(error);
    expect(told).toBeInstanceOf(StoreUnavailable);
    expect(told).toMatchObject({ code, unknown: false });
    expect(told.message).not.toContain('secret');
  });

  test.each([
    [
      'a row that is there already',
      adapter({ kind: 'UniqueConstraintViolation', originalCode: '2067' }),
      'SQLITE_2067',
    ],
    ['the same on PostgreSQL', adapter({ kind: 'UniqueConstraintViolation', originalCode: '23505' }), '23505'],
    ['a statement that is wrong', adapter({ kind: 'postgres', originalCode: '42601' }), '42601'],
    ['Prisma with a row that is there already', prisma('P2002'), 'P2002'],
    ['a fault of ours', new TypeError('secret of a row'), 'TypeError'],
    ['no error at all', 'secret of a row', 'string'],
  ])('%s stays wrong', (_name, error, code) => {
    const told = toStoreError(error);
    expect(told).toBeInstanceOf(StoreFault);
    expect(told).toMatchObject({ code });
    expect(told.message).not.toContain('secret');
  });

  test('after a commit it is unknown what was kept, unless the database says that it undid it', () => {
    const unknown = (error: unknown) => (toStoreError(error, true) as StoreUnavailable).unknown;
    expect(unknown(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(unknown(libsql('SQLITE_IOERR_FSYNC', 1034))).toBe(true);
    expect(unknown(adapter({ originalCode: '57P01' }))).toBe(true);
    expect(unknown(libsql('SQLITE_FULL', 13))).toBe(false);
    expect(unknown(adapter({ kind: 'TransactionWriteConflict', originalCode: '40001' }))).toBe(false);
  });

  test('a character that PostgreSQL cannot keep is told as such, and our own errors stay what they are', () => {
    expect(toStoreError(adapter({ kind: 'postgres', originalCode: '22021' }))).toBeInstanceOf(TextRefused);
    for (const own of [new StoreFault('x'), new TextRefused(), new StoreUnavailable('x', true)]) {
      expect(toStoreError(own)).toBe(own);
    }
  });
});
