import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, openSync, readFileSync, statfsSync, writeSync } from 'node:fs';
import { Agent } from 'node:http';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ask } from './ask.ts';
import { type Figures, spread, timed } from './figures.ts';

const PAGE = 4096;

/** What this machine can do at best, measured now: nothing that waits for it can be faster. */
export async function machineLimits(folder: string): Promise<Figures> {
  return {
    fdatasync4kB: spread(syncTimes(folder, 500)),
    loopbackRoundTrip: spread(await roundTrips(1000)),
    bareNodeStart: spread(await nodeStarts(15)),
  };
}

/** The machine itself. */
export function machine(folder: string): Figures {
  return {
    date: new Date().toISOString(),
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGB: Number((totalmem() / 2 ** 30).toFixed(1)),
    system: `${platform()} ${arch()} ${release()}`,
    fileSystem: FILE_SYSTEMS[statfsSync(folder).type] ?? `type ${statfsSync(folder).type.toString(16)}`,
    node: process.version,
  };
}

/** Processor time in hundredths of a second since the machine started: what it had, what was used, and what of it by us. */
export type Used = { readonly all: number; readonly busy: number; readonly ours: number };

/** Children count once they have ended. */
export function processorUsed(): Used {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const times = line.split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = 0, waiting = 0] = times;
  const all = times.reduce((sum, each) => sum + each, 0);
  const own = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ').slice(11, 15).map(Number) ?? [];
  return { all, busy: all - idle - waiting, ours: own.reduce((sum, each) => sum + each, 0) };
}

/** Which share of the machine others used meanwhile: above a few hundredths the figures say little about Tocsin. */
export function usedByOthers(before: Used, after: Used): number {
  const busy = after.busy - before.busy - (after.ours - before.ours);
  return Number(Math.max(0, busy / (after.all - before.all)).toFixed(3));
}

/** Magic numbers of statfs(2). On tmpfs nothing is durable, and no figure is worth anything. */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  16914836: 'tmpfs (not durable!)',
  2035054128: 'overlayfs',
};

/** What a commit waits for: 4 kB written behind the end of a file, and the disk's word that it is there. */
function syncTimes(folder: string, times: number): number[] {
  const file = openSync(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(PAGE, 1);
  try {
    return Array.from({ length: times }, () => {
      const begun = performance.now();
      writeSync(file, page);
      fdatasyncSync(file);
      return performance.now() - begun;
    });
  } finally {
    closeSync(file);
  }
}

/** One small POST and its answer between two processes, over a connection that stays open. */
async function roundTrips(times: number): Promise<number[]> {
  const server = fork(fileURLToPath(new URL('echo.ts', import.meta.url)), { stdio: 'inherit' });
  const agent = new Agent({ keepAlive: true });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const trips: number[] = [];
    for (let i = 0; i < times + 100; i++) {
      const trip = await timed(() => ask(`http://127.0.0.1:${port}`, { method: 'POST', path: '/', agent, body: '{}' }));
      // The first ones find cold code.
      if (i >= 100) trips.push(trip);
    }
    return trips;
  } finally {
    agent.destroy();
    server.kill();
  }
}

async function nodeStarts(times: number): Promise<number[]> {
  const run = promisify(execFile);
  const starts: number[] = [];
  for (let i = 0; i < times; i++) starts.push(await timed(() => run(process.execPath, ['-e', '0'])));
  return starts;
}
