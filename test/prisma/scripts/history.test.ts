import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { historyFaults, sealNewest, writeMigration } from '../../../prisma/scripts/history.ts';
import { treeWith } from './trees.ts';

const HEAD = `generator client {
  provider = "prisma-client"
  output   = "./generated/sqlite"
}

datasource db {
  provider = "sqlite"
}
`;
const ONE = `${HEAD}
model Alarm {
  id    String @id
  dueAt BigInt @map("due_at")

  @@map("alarm")
}
`;
const TWO = ONE.replace('@map("due_at")', '@map("due_at")\n  kind  String @default("step")');

const first = new Date('2026-03-01T10:00:00Z');
const second = new Date('2026-03-02T10:00:00Z');
const BEGIN = '20260301100000_begin';
const KIND = '20260302100000_kind';

async function begun() {
  const root = treeWith({});
  await writeMigration(root, ONE, 'begin', first);
  return { root, script: (name: string) => join(root, 'sqlite', name, 'migration.sql') };
}

describe('writing a migration', () => {
  it('writes the whole schema for both databases the first time', async () => {
    const { root, script } = await begun();
    expect(readFileSync(script(BEGIN), 'utf8')).toContain('CREATE TABLE "alarm"');
    const postgres = readFileSync(join(root, 'postgresql', BEGIN, 'migration.sql'), 'utf8');
    expect(postgres).toContain('CONSTRAINT "alarm_pkey" PRIMARY KEY ("id")');
    expect(postgres).not.toContain('CREATE SCHEMA');
  });

  it('writes only what changed the next time', async () => {
    const { root } = await begun();
    expect(await writeMigration(root, TWO, 'kind', second)).toEqual([
      `sqlite/${KIND}/migration.sql`,
      `postgresql/${KIND}/migration.sql`,
    ]);
    const postgres = readFileSync(join(root, 'postgresql', KIND, 'migration.sql'), 'utf8');
    expect(postgres).toMatch(
      /^-- AlterTable\nALTER TABLE "alarm" ADD COLUMN\s+"kind" TEXT NOT NULL DEFAULT 'step';\n$/,
    );
    expect(await historyFaults(root, TWO)).toEqual([]);
  });

  it('writes nothing when nothing but a comment changed', async () => {
    const { root } = await begun();
    expect(await writeMigration(root, `${ONE}\n// a comment\n`, 'comment', second)).toEqual([]);
    expect(await historyFaults(root, `${ONE}\n// a comment\n`)).toEqual([]);
  });

  it('refuses a name that is no snake_case', async () => {
    await expect(writeMigration(treeWith({}), ONE, '../kind', first)).rejects.toThrow('snake_case');
  });

  it('refuses to go on from an edited history', async () => {
    const { root, script } = await begun();
    writeFileSync(script(BEGIN), '-- nothing');
    await expect(writeMigration(root, TWO, 'kind', second)).rejects.toThrow('was changed after it was made');
  });
});

describe('checking the history', () => {
  it('finds a schema that changed without a migration, for each database', async () => {
    const { root } = await begun();
    const faults = await historyFaults(root, TWO);
    expect(faults).toHaveLength(2);
    expect(faults[0]).toContain('sqlite: the schema has changed without a migration');
  });

  it('finds an edited old script', async () => {
    const { root, script } = await begun();
    writeFileSync(script(BEGIN), `${readFileSync(script(BEGIN), 'utf8')}\n`);
    expect(await historyFaults(root, ONE)).toEqual([
      expect.stringContaining(`sqlite/${BEGIN}/migration.sql was changed after it was made`),
    ]);
  });

  it('finds a lost script and one that nobody recorded', async () => {
    const { root, script } = await begun();
    rmSync(script(BEGIN));
    const lost = await historyFaults(root, ONE);
    expect(lost).toEqual([expect.stringContaining('is missing')]);
    const foreign = await begun();
    writeFileSync(join(foreign.root, 'checksums.json'), '{}');
    expect((await historyFaults(foreign.root, ONE)).join('\n')).toContain('is not in checksums.json');
  });
});

describe('sealing', () => {
  it('accepts the newest script as edited by hand', async () => {
    const { root, script } = await begun();
    writeFileSync(
      script(BEGIN),
      `${readFileSync(script(BEGIN), 'utf8')}CREATE INDEX "by_hand" ON "alarm" ("due_at");\n`,
    );
    sealNewest(root);
    expect(await historyFaults(root, ONE)).toEqual([]);
  });

  it('never accepts an older one', async () => {
    const { root, script } = await begun();
    await writeMigration(root, TWO, 'kind', second);
    writeFileSync(script(BEGIN), '-- nothing');
    expect(() => sealNewest(root)).toThrow(BEGIN);
  });
});
