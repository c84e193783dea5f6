import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExport } from '../../src/journal/export.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { aNight, exported, ONE } from './builder.ts';
import { type Case, hasPython, ourVerdict, pythonVerdicts, SCRIPT } from './verdict.ts';

const { journal, first, second } = aNight();
const whole = await exported(await journal.items());
const part = await exported(await journal.items(ONE, journal.lone(4)));
const lines = whole.toString('utf8').split('\n').slice(0, -1);
const partLines = part.toString('utf8').split('\n').slice(0, -1);
const [header = '', lone = ''] = partLines;
const sealed = (...some: readonly string[]) => {
  const sha256 = createHash('sha256')
    .update(fileOf(...some))
    .digest('hex');
  return fileOf(...some, JSON.stringify({ end: { sha256 } }));
};
const fileOf = (...some: readonly string[]) => Buffer.from(some.map((line) => `${line}\n`).join(''));

describe('an export', () => {
  it('reads back as it was written, wherever it is cut into chunks', async () => {
    const items = await journal.items();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length)), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, i) => whole.subarray(at[i], end));
        const read = await Array.fromAsync(readExport(chunks));
        expect(JSON.stringify(read)).toBe(JSON.stringify(items.map((item) => buffers(item))));
      }),
      { numRuns: 30 },
    );
  });

  it('has the lines: header, installation, then each stream with its content before the entries', () => {
    const names = lines.map((line) => Object.keys(JSON.parse(line))[0]);
    expect(names.join(' ')).toBe(
      'header entry entry entry entry content entry entry entry entry entry content entry entry content entry entry entry end',
    );
    expect(lines[0]).toBe(`{"header":{"format":"tocsin-journal/1","installation":"${journal.installation}"}}`);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an empty line', fileOf('')],
    ['no header', sealed(...lines.slice(1, -1))],
    ['a later format', Buffer.from(whole.toString('utf8').replace('journal/1', 'journal/2'))],
    ['a second header', sealed(header, ...lines.slice(0, -1))],
    ['no end line', fileOf(...lines.slice(0, -1))],
    ['half a last line', whole.subarray(0, -1)],
    ['something behind the end line', fileOf(...lines, lines.at(-2) ?? '')],
    ['two end lines', fileOf(...lines, lines.at(-1) ?? '')],
    ['an end line of another file', fileOf(...lines.slice(0, -1), part.toString('utf8').split('\n').at(-2) ?? '')],
    ['a line that nobody knows', sealed(header, '{"comment":{"text":"hello"}}', ...lines.slice(1, -1))],
    ['a line with two names', sealed(header, `${lines[1]?.slice(0, -1)},"content":{}}`)],
    ['bytes that are no UTF-8', Buffer.concat([whole.subarray(0, 300), Buffer.of(255), whole.subarray(300)])],
    ['content that is no base64', sealed(header, '{"content":{"id":"c","salted":"===="}}')],
    ['content that is half a base64', sealed(header, '{"content":{"id":"c","salted":"QQ="}}')],
    ['base64 that goes on behind its end', sealed(header, '{"content":{"id":"c","salted":"QQ==QQ=="}}')],
    ['a checkpoint behind entries', sealed(header, ...partLines.slice(2, -1), lone)],
    [
      'a stream that a terminal would obey',
      sealed(header, '{"entry":{"stream":"\\u001b[2J","n":1,"body":"","hash":""}}'),
    ],
    ['half a surrogate pair', sealed(header, '{"entry":{"stream":"a","n":1,"body":"\\ud800","hash":"a"}}')],
    ['a byte order mark', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), whole])],
  ])('is unusable with %s', async (_, file) => {
    const report = await verifyJournal(readExport([file]));
    expect(report.outcome).toBe('unusable');
    if (hasPython) expect(pythonVerdicts([{ file }])).toEqual([{ says: 'unusable', notProved: [] }]);
  });

  it('is not taken for a part because a checkpoint was put into it', async () => {
    const streams = lines.slice(1, -1).filter((line) => !line.includes('"stream":"rota/main","n":1,"body"'));
    const cases = [{ file: sealed(header, lone, ...streams) }, { file: sealed(header, lone, lone, ...streams) }];
    const expected = cases.map(() => ({ says: 'BROKEN rota/main 1: missing_stream', notProved: [] }));
    expect(await Promise.all(cases.map(ourVerdict))).toEqual(expected);
    if (hasPython) expect(pythonVerdicts(cases)).toEqual(expected);
  });

  it.skipIf(!hasPython)('of one stream is judged in the same words by docs/verify.py (needs python3)', async () => {
    const lone = (n: number) => journal.items(ONE, journal.lone(n)).then(exported);
    const cases: readonly Case[] = [
      { file: part },
      { file: part, checkpoint: second },
      { file: part, checkpoint: first },
      { file: await lone(2), checkpoint: first },
      { file: await lone(3) },
      { file: await exported(await journal.items(ONE)), checkpoint: first },
      { file: Buffer.from(part.toString('utf8').replace(/"previous":"./, '"previous":"g')) },
    ];
    const ours = await Promise.all(cases.map(ourVerdict));
    expect(pythonVerdicts(cases)).toEqual(ours);
    expect(ours.map(({ says }) => says)).toEqual([
      'ok',
      'ok',
      'unusable',
      'ok',
      'ok',
      'BROKEN installation 1: missing_stream',
      'BROKEN installation 4: hash_mismatch',
    ]);
  });

  it.skipIf(!hasPython)('can be piped into docs/verify.py, which says what it did not prove (needs python3)', () => {
    const pipe = 'cat | python3 "$0" /dev/stdin --checkpoint "$1"';
    const run = spawnSync('sh', ['-c', pipe, SCRIPT, second], { input: whole, encoding: 'utf8' });
    expect(run.stdout.split('\n')).toEqual([
      `erased on 2026-11-22T03:00:10.125Z: content of ${ONE} 3`,
      'ok 5 streams, 14 entries, 3 pieces of content',
      'not proved: after_checkpoint erased',
      '',
    ]);
    expect(run.status).toBe(0);
    const none = spawnSync('python3', [SCRIPT, '/nowhere/export.jsonl'], { encoding: 'utf8' });
    expect([none.status, none.stdout]).toEqual([2, expect.stringMatching(/^unusable: /)]);
  });
});

describe('a damaged export', () => {
  /** Whole and part, each with one byte changed into any other. */
  const damaged = fc
    .record({ file: fc.constantFrom(whole, part), place: fc.nat(), change: fc.integer({ min: 1, max: 255 }) })
    .map(({ file, place, change }) => {
      const copy = Buffer.from(file);
      const at = place % file.length;
      copy[at] = (copy[at] ?? 0) ^ change;
      return copy;
    });

  it('is found by both verifiers, in the same words, whichever byte was changed', async () => {
    const cases = fc.sample(damaged, 400).map((file) => ({ file }));
    const ours = await Promise.all(cases.map(ourVerdict));
    expect(ours.filter(({ says }) => says === 'ok')).toEqual([]);
    expect(ours.some(({ says }) => says.startsWith('BROKEN'))).toBe(true);
    if (hasPython) expect(pythonVerdicts(cases)).toEqual(ours);
  });

  /** Whole and part, some lines taken out, doubled, moved or given a second name, and with the right end line or none. */
  const shuffled = fc
    .record({
      from: fc.constantFrom(lines.slice(0, -1), partLines.slice(0, -1)),
      edits: fc.array(
        fc.record({ at: fc.nat(30), put: fc.nat(30), what: fc.constantFrom('out', 'twice', 'move', 'name') }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      end: fc.boolean(),
    })
    .map(({ from, edits, end }) => {
      const some = [...from];
      for (const { at, put, what } of edits) {
        const line = some[at % some.length] ?? '';
        const more = what === 'name' ? `${line.slice(0, -1)},"x":{}}` : line;
        if (what !== 'twice') some.splice(at % some.length, 1);
        if (what !== 'out') some.splice(put % (some.length + 1), 0, more);
      }
      return end ? sealed(...some) : fileOf(...some);
    });

  it.skipIf(!hasPython)('is judged in the same words by both, whichever lines are where (needs python3)', async () => {
    const cases = fc
      .sample(fc.record({ file: shuffled, given: fc.constantFrom(undefined, first, second) }), 400)
      .map(({ file, given }): Case => (given === undefined ? { file } : { file, checkpoint: given }));
    const ours = await Promise.all(cases.map(ourVerdict));
    expect(new Set(ours.map(({ says }) => says.split(' ')[0]))).toEqual(new Set(['ok', 'BROKEN', 'unusable']));
    for (const [i, verdict] of pythonVerdicts(cases).entries()) {
      expect(verdict, Buffer.from(cases[i]?.file ?? []).toString()).toEqual(ours[i]);
    }
  });
});

function buffers(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [key, value instanceof Uint8Array ? Buffer.from(value) : value]),
  );
}
