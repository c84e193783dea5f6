import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOUBTS, FINDINGS } from '../../src/journal/finding.ts';
import { exported, ONE } from './builder.ts';
import { example } from './example.ts';
import { hasPython, ourVerdict, pythonVerdicts } from './verdict.ts';

const doc = readFileSync(join(import.meta.dirname, '../../docs/journal.md'), 'utf8');
const blocks = (language: string) =>
  [...doc.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, it]) => it ?? '');
const tableOf = (heading: string) => {
  const [, rows = ''] = new RegExp(`\\| ${heading} \\| means \\|\n\\|---\\|---\\|\n((?:\\|.*\n)+)`).exec(doc) ?? [];
  return Object.fromEntries([...rows.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, word, means]) => [word, means]));
};
const sha256 = (...parts: readonly (string | Buffer)[]) => {
  return parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
};

describe('docs/journal.md', () => {
  it('has commands whose hashes are right, and which work on the entries of its example', () => {
    const [whole = ''] = blocks('jsonl');
    const commands = blocks('sh').flatMap((block) => [
      ...block.matchAll(/^\$ (.*) \| sha256sum\n([0-9a-f]{64}) {2}-$/gm),
    ]);
    expect(commands).toHaveLength(3);
    for (const [, command = '', hash = ''] of commands) {
      const [, previous = '', body = ''] = /^printf '%s\\n%s' '([^']*)' '([^']*)'$/.exec(command) ?? [];
      const [, salt = '', text = ''] = /printf '%s' (\w+) \| xxd -r -p; printf '%s' '([^']*)'; \}$/.exec(command) ?? [];
      expect(body === '' ? sha256(Buffer.from(salt, 'hex'), text) : sha256(`${previous}\n${body}`)).toBe(hash);
      const isFirst = body === ONE;
      expect(whole.includes(hash)).toBe(!isFirst);
    }
  });

  it('shows the export of its example, whole and in part, and its checkpoint', async () => {
    const { journal, checkpoint } = example();
    const [whole, lone] = blocks('jsonl');
    const part = await exported(await journal.items(ONE, journal.lone(2)));
    expect(whole).toBe((await exported(await journal.items())).toString('utf8'));
    expect(part.toString('utf8').split('\n')[1]).toBe(lone?.trimEnd());
    expect(blocks('text')).toEqual([`${checkpoint}\n`]);
  });

  it('shows an export that both verifiers find right', async () => {
    const given = { file: Buffer.from(blocks('jsonl')[0] ?? ''), checkpoint: blocks('text')[0] ?? '' };
    const expected = { says: 'ok', notProved: ['after_checkpoint', 'erased'] };
    expect(await ourVerdict(given)).toEqual(expected);
    if (hasPython) expect(pythonVerdicts([given])).toEqual([expected]);
  });

  it('explains everything that a verifier says', () => {
    expect(tableOf('found')).toEqual(FINDINGS);
    expect(tableOf('not proved')).toEqual(DOUBTS);
  });
});
