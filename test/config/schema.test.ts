import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchema } from '../../src/config/schema.ts';
import { example } from './files.ts';

const FILE = new URL('../../docs/tocsin.schema.json', import.meta.url);

// To write the file anew: UPDATE_SCHEMA=1 npx vitest run test/config/schema.test.ts && npm run format
if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, `${JSON.stringify(jsonSchema(), null, 2)}\n`);

describe('docs/tocsin.schema.json', () => {
  test('is what the schema says now (UPDATE_SCHEMA=1 writes it anew)', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(jsonSchema());
  });

  test.each(['minimal.yaml', 'tocsin.yaml'])('finds no fault in %s', (name) => {
    const editor = z.fromJSONSchema(JSON.parse(readFileSync(FILE, 'utf8')));

    expect(editor.safeParse(parse(example(name))).error?.issues ?? []).toEqual([]);
  });

  test('finds a key that is not known, and a time that is none', () => {
    const editor = z.fromJSONSchema(JSON.parse(readFileSync(FILE, 'utf8')));
    const file = parse(example('minimal.yaml'));

    expect(editor.safeParse({ ...file, databse: 'x' }).success).toBe(false);
    expect(editor.safeParse({ ...file, limits: { sms: [{ max: 1, within: '5 min' }] } }).success).toBe(false);
  });
});
