import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../src/config/canonical.ts';
import type { Environment } from '../../src/config/environment.ts';
import { applied, example, fileWith, TOKEN } from './files.ts';

const NOTHING: Environment = { tokens: {} };

describe('the text of an applied configuration', () => {
  test.each(['minimal.yaml', 'tocsin.yaml'])('of %s reads back to the same, without any environment', (name) => {
    const { config } = applied(example(name));

    expect(applied(canonical(config), NOTHING).config).toEqual(config);
    expect(canonical(applied(canonical(config), NOTHING).config)).toBe(canonical(config));
  });

  test('does not depend on the order of keys, comments or the writing of lengths of time', () => {
    const one = 'clocks: { answer: 8h, preservation_done: 24h } # as always';
    const other = 'clocks: { preservation_done: 1d, answer: 480m }';

    expect(canonical(applied(fileWith({ desk: `    ${one}\n` })).config)).toBe(
      canonical(applied(fileWith({ desk: `    ${other}\n` })).config),
    );
  });

  test('is another for another configuration', () => {
    const texts = ['', '    lowering: { second_officer: true }\n', '    officers: [dan, ana, eva]\n'].map((desk) =>
      canonical(applied(fileWith({ desk })).config),
    );

    expect(new Set(texts).size).toBe(3);
  });

  test('keeps every condition of a row of the urgency table', () => {
    const when = 'kind: other, ground: [life, custody], country: XX, source: ncb, word: recall';
    const { config } = applied(
      fileWith({
        desk: `    urgency_rows: [{ id: x, when: { ${when} }, urgency: urgent, reason: R }]
    sources: [{ id: ncb, name: NCB Example, token: { env: TOCSIN_TOKEN_NCB } }]
`,
      }),
    );

    expect(Object.keys(config.desks[0]?.urgencyRows[0]?.when ?? {})).toHaveLength(5);
    expect(applied(canonical(config), NOTHING).config).toEqual(config);
  });

  test('has no secret in it, and nothing that belongs to the machine', () => {
    const text = canonical(applied(example('tocsin.yaml')).config);

    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('database');
    expect(text).not.toContain('8420');
  });

  test('keeps every policy, whatever its steps', () => {
    const target = fc.oneof(
      fc.constantFrom('on_duty', 'everyone'),
      fc.constantFrom({ officer: 'ana' }, { role: 'head' }, { channel: 'page' }),
    );
    const step = fc.record({
      page: fc.array(target, { minLength: 1, maxLength: 3 }),
      window: fc.integer({ min: 1, max: 86_400 }).map((seconds) => `${seconds}s`),
    });
    const policy = fc.record(
      { steps: fc.array(step, { minLength: 1, maxLength: 4 }), round_min: fc.constantFrom('60s', '5m') },
      { requiredKeys: [] },
    );
    const keys = fc.record(
      { emergency: policy, routine: policy, rows: fc.dictionary(fc.constantFrom('2', '6a', '11'), policy) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(keys, (policies) => {
        const { config } = applied(fileWith({ desk: `    policies: ${JSON.stringify(policies)}\n` }));

        expect(applied(canonical(config), NOTHING).config).toEqual(config);
      }),
      { numRuns: 60 },
    );
  });
});
