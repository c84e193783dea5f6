import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import type { Provider } from './schema.ts';

/** What Prisma writes when two schemas ask for the same tables. */
const NOTHING = 'This is an empty migration';

/**
 * Prisma writes this first for PostgreSQL. It needs the right to create schemas even where "public" exists, which the
 * role of a service should not have; our tables belong where the connection's search path points.
 */
const CREATE_SCHEMA = /^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n/;

/** The engine only sets up its session and asks for the version before it writes SQL, so a diff needs no database. */
function offline(provider: Provider): SqlMigrationAwareDriverAdapterFactory {
  const adapterName = 'offline';
  const dialect = provider === 'postgresql' ? ('postgres' as const) : ('sqlite' as const);
  const version = {
    columnNames: ['version', 'numeric_version'],
    columnTypes: [ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [['15', 150_000]],
  };
  const refuse = async () => Promise.reject(new Error('a schema diff must not need a database'));
  const connect = async () => ({
    provider: dialect,
    adapterName,
    queryRaw: async () => version,
    executeRaw: async () => 0,
    executeScript: async () => undefined,
    startTransaction: refuse,
    dispose: async () => undefined,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  });
  return { provider: dialect, adapterName, connect, connectToShadowDb: refuse };
}

const model = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });

/**
 * The SQL that leads from one schema to the next (from an empty database when `from` is undefined); undefined when it
 * would change nothing. Needs no database and no network. Rejects with Prisma's own message when a schema is wrong.
 */
export async function diff(provider: Provider, from: string | undefined, to: string): Promise<string | undefined> {
  const adapter = bindMigrationAwareSqlAdapterFactory(offline(provider));
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', to]] }, () => undefined, adapter);
  try {
    const { stdout } = await engine.diff({
      from: from === undefined ? { tag: 'empty' } : model(from),
      to: model(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout === null || stdout.includes(NOTHING) ? undefined : stdout.replace(CREATE_SCHEMA, '');
  } finally {
    engine.free();
  }
}
