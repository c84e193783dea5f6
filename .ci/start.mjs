// start.mjs FOLDER HOME: `npm start` in FOLDER becomes ready, and ends cleanly when asked to. Exit code 0 when it did.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const READY_WITHIN = 60_000;
const END_WITHIN = 15_000;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** The answer's status; undefined while nobody listens. */
async function status(url) {
  return fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.status,
    () => undefined,
  );
}

async function becomesReady(url, ended) {
  const deadline = Date.now() + READY_WITHIN;
  let last;
  while (Date.now() < deadline && !ended()) {
    last = await status(url);
    if (last === 200) return;
    await wait(100);
  }
  throw new Error(`not ready: ${ended() ? 'it ended by itself' : `${url} answered ${last ?? 'nothing'}`}`);
}

async function main(folder, home) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/readyz`;
  const env = { PATH: process.env.PATH, HOME: home, TOCSIN_PORT: String(port) };
  const begun = Date.now();
  const child = spawn('npm', ['start'], { cwd: folder, env, stdio: 'inherit', detached: true });
  const exit = once(child, 'exit');
  let ended = false;
  exit.then(() => {
    ended = true;
  });
  try {
    await becomesReady(url, () => ended);
    console.log(`ready after ${Date.now() - begun} ms`);
    child.kill('SIGTERM');
    const [code, signal] = (await Promise.race([exit, wait(END_WITHIN, ['still running'], { ref: false })])) ?? [];
    if (code !== 0) throw new Error(`after SIGTERM: expected exit code 0, got ${code ?? signal}`);
    if ((await status(url)) !== undefined) throw new Error(`after SIGTERM: npm ended, but ${url} still answers`);
    console.log('ended with code 0 after SIGTERM');
  } finally {
    kill(child.pid);
  }
}

/** npm, its shell and whatever they left behind. */
function kill(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

try {
  await main(...process.argv.slice(2));
} catch (error) {
  console.error(`start failed: ${error.message}`);
  process.exitCode = 1;
}
