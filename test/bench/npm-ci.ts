import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Result, round, timed } from './figures.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const MOST_SECONDS = 60;

const run = promisify(execFile);

/** `npm ci` in a fresh clone of what is committed, with a home and a cache that are empty. */
export async function npmCi(folder: string): Promise<Result> {
  const clone = join(folder, 'clone');
  const home = join(folder, 'home');
  mkdirSync(home);
  await run('git', ['clone', '--quiet', '--no-hardlinks', REPOSITORY, clone]);
  // Where the packages come from may be said in the home that is set aside here.
  const { stdout: registry } = await run('npm', ['config', 'get', 'registry']);
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = { ...Object.fromEntries(own), HOME: home, npm_config_cache: join(home, 'cache') };
  const how = ['ci', '--no-audit', '--no-fund', `--registry=${registry.trim()}`];
  const took = await timed(() => run('npm', how, { cwd: clone, env, maxBuffer: 2 ** 26 }));
  const { stdout: version } = await run('npm', ['--version'], { env });
  return {
    name: 'npm-ci',
    conditions: { npm: version.trim(), cache: 'empty', registry: 'as configured' },
    figures: {
      seconds: round(took / 1000),
      installedMB: await megabytes(join(clone, 'node_modules')),
      cacheMB: await megabytes(join(home, 'cache')),
    },
    target: `at most ${MOST_SECONDS} s`,
    met: took <= MOST_SECONDS * 1000,
  };
}

async function megabytes(folder: string): Promise<number> {
  const { stdout } = await run('du', ['-sm', folder]);
  return Number(stdout.split('\t')[0]);
}
