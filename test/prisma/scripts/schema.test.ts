import { describe, expect, it } from 'vitest';
import { readSchema, twin } from '../../../prisma/scripts/schema.ts';

describe('the twin of the schema', () => {
  it('differs from the schema in the provider and the output alone', () => {
    const schema = readSchema();
    const lines = schema.split('\n');
    const changed = twin(schema, 'postgresql', '../../generated/postgresql')
      .split('\n')
      .filter((line, n) => line !== lines[n]);
    expect(changed.map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'output = "../../generated/postgresql"',
      'provider = "postgresql"',
    ]);
  });

  it.each([
    ['no provider', 'output = "./generated/sqlite"'],
    ['two providers', 'provider = "sqlite"\nprovider = "sqlite"\noutput = "./generated/sqlite"'],
    ['another output', 'provider = "sqlite"\noutput = "../elsewhere"'],
  ])('is refused with %s', (_, schema) => {
    expect(() => twin(schema, 'postgresql', 'x')).toThrow('expected exactly one match');
  });
});
