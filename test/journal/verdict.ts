import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCheckpointText } from '../../src/journal/checkpoint.ts';
import { readExport } from '../../src/journal/export.ts';
import { verifyJournal } from '../../src/journal/verify.ts';

export const SCRIPT = join(import.meta.dirname, '../../docs/verify.py');
export const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('skipped: docs/verify.py, because python3 is not on this machine');

export type Case = { readonly file: Uint8Array; readonly checkpoint?: string };

/** What a verifier says, in the words that both share: `ok`, `BROKEN stream n: what` or `unusable`. */
export type Verdict = { readonly says: string; readonly notProved: readonly string[] };

export async function ourVerdict({ file, checkpoint }: Case): Promise<Verdict> {
  const report = await verifyJournal(
    readExport([file]),
    checkpoint === undefined ? undefined : readCheckpointText(checkpoint),
  );
  if (report.outcome === 'unusable') return { says: 'unusable', notProved: [] };
  if (report.outcome === 'ok') return { says: 'ok', notProved: report.notProved.map(({ what }) => what) };
  const { stream, n, what } = report.finding;
  return { says: `BROKEN ${stream} ${n}: ${what}`, notProved: [] };
}

/** Runs the script once for each case, all in one process of Python. */
const DRIVER = `
import contextlib, io, json, runpy, sys
script, cases = sys.argv[1], json.load(sys.stdin)
for arguments in cases:
    sys.argv, out, code = [script, *arguments], io.StringIO(), 0
    with contextlib.redirect_stdout(out):
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as end:
            code = end.code or 0
    print(json.dumps([code, out.getvalue()]))
`;

/** The verdicts of docs/verify.py. Throws when its exit code does not go with what it prints. */
export function pythonVerdicts(cases: readonly Case[]): readonly Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-journal-'));
  try {
    const calls = cases.map(({ file, checkpoint }, i) => {
      const path = join(folder, `${i}.jsonl`);
      writeFileSync(path, file);
      return checkpoint === undefined ? [path] : [path, '--checkpoint', checkpoint];
    });
    const run = spawnSync('python3', ['-c', DRIVER, SCRIPT], { input: JSON.stringify(calls), encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`docs/verify.py failed: ${run.stderr}`);
    return run.stdout
      .trim()
      .split('\n')
      .map((line) => readVerdict(...(JSON.parse(line) as [number, string])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readVerdict(code: number, output: string): Verdict {
  const says = output.split('\n').find((line) => /^(ok|BROKEN|unusable)\b/.test(line)) ?? '';
  const word = says.startsWith('BROKEN') ? says : (/^\w+/.exec(says)?.[0] ?? '');
  const expected = { ok: 0, BROKEN: 1, unusable: 2 }[word.split(' ')[0] ?? ''];
  if (code !== expected) throw new Error(`docs/verify.py ended with ${code} and said ${JSON.stringify(output)}`);
  return { says: word, notProved: /^not proved: (.*)/m.exec(output)?.[1]?.split(' ') ?? [] };
}
