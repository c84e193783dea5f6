import { StoreUnavailable } from '../ports/store.ts';

/**
 * Something is wrong with a statement or with the data, and trying again will not help. It carries a code and never
 * the text of the database: that may quote a row.
 */
export class StoreFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the store refused a statement (${code})`);
    this.name = 'StoreFault';
    this.code = code;
  }
}

/** SQLite's driver would silently cut the text there, PostgreSQL refuses it. */
export class TextRefused extends Error {
  constructor() {
    super('a text holds U+0000, which no database keeps: replace it at the intake');
    this.name = 'TextRefused';
  }
}

/** SQLite's primary result codes after which the same statement may succeed later, or after somebody's repair. */
const SQLITE_AWAY: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
};

const AWAY = [
  new RegExp(`^(${Object.values(SQLITE_AWAY).join('|')})`),
  // PostgreSQL: connection (08), resources and full disks (53), system (58), shutdown (57P), conflicts (40), locks and
  // time limits (55P03, 57014, 25P03), a standby (25006).
  /^(08|53|58|57P|40)[0-9A-Z]{2,3}$|^(55P03|57014|25P03|25006)$/,
  // Prisma: unreachable, timed out, transaction lost, conflict, no free connection.
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037)$/,
  // Driver adapters, where the driver has no code.
  /^(SocketTimeout|TransactionWriteConflict|DatabaseNotReachable|ConnectionClosed|TooManyConnections|TlsConnectionError)$/,
  // Node, for sockets and files.
  /^E[A-Z]{3,}$/,
];

/** After these at the commit nothing was kept; after any other nobody knows. */
const ROLLED_BACK = /^(SQLITE_FULL|SQLITE_BUSY|40...|TransactionWriteConflict)/;

/** Any error of driver, adapter or Prisma as one of ours. `committing`: it came in answer to the commit. */
export function toStoreError(error: unknown, committing = false): StoreUnavailable | StoreFault | TextRefused {
  if (OURS.some((one) => error instanceof one)) return error as StoreUnavailable;
  const codes = codesOf(error);
  if (codes.includes(UNTRANSLATABLE)) return new TextRefused();
  const away = codes.find((code) => AWAY.some((form) => form.test(code)));
  if (away !== undefined) return new StoreUnavailable(away, committing && !ROLLED_BACK.test(away));
  if (codes[0] !== undefined) return new StoreFault(codes[0]);
  // pg has no code for a connection that broke or could not be had: a bare Error. A bug of ours is a TypeError or the like.
  const bare = error instanceof Error && error.constructor === Error;
  return bare
    ? new StoreUnavailable('connection', committing)
    : new StoreFault(error instanceof Error ? error.name : typeof error);
}

const OURS = [StoreUnavailable, StoreFault, TextRefused];

/** PostgreSQL: a character that it cannot keep in a text. */
const UNTRANSLATABLE = '22021';

/** Where the next error may hide: Prisma keeps the adapter's in `meta`, the adapter keeps the driver's in `cause`. */
const LINKS = ['cause', 'meta', 'driverAdapterError'] as const;
const CODES = ['rawCode', 'extendedCode', 'originalCode', 'code', 'errorCode', 'kind'] as const;

function codesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const fields: Readonly<Record<string, unknown>> = { ...error };
  const own = CODES.flatMap((key) => codeIn(fields[key]));
  return [...own, ...LINKS.flatMap((link) => codesOf(fields[link], depth + 1))];
}

/** SQLite's are numbers of at most four digits, also where they are written as text. */
function codeIn(value: unknown): readonly string[] {
  if (typeof value === 'string' && /^[0-9]{1,4}$/.test(value)) return codeIn(Number(value));
  if (typeof value === 'number') return [SQLITE_AWAY[value & 0xff] ?? `SQLITE_${value}`];
  return typeof value === 'string' && value !== '' ? [value] : [];
}
