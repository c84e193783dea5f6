import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export type Run = { readonly ok: boolean; readonly out: string; readonly err: string };

/** Runs a JavaScript tool of node_modules under this Node; rejects only when it cannot be started. */
export async function run(root: string, tool: string, args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', resolve(root, tool), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const code = new Promise((done, failed) => child.once('close', done).once('error', failed));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { ok: (await code) === 0, out, err };
}
