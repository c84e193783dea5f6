import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { wholeJournal } from '../desk/journal-source.ts';
import { type CheckpointText, readCheckpointText } from '../journal/checkpoint.ts';
import { readExport } from '../journal/export.ts';
import { DOUBTS, FINDINGS, type Report } from '../journal/finding.ts';
import { journalItems } from '../journal/item.ts';
import { verifyJournal } from '../journal/verify.ts';
import { StoreRefused } from '../ports/store.ts';
import { AdminClient } from '../web/admin-client.ts';
import { SOCKET, Stop } from './configuration.ts';

/** The input is no journal that can be judged, or the command was used wrongly. */
const EXIT_UNUSABLE = 2;
const EXIT_BROKEN = 1;

/** Verifies and says what that proved and what it did not. Exit code 1 names the first broken entry, 2 is unusable input. */
export async function verify(
  file: string | undefined,
  { checkpoint, json }: { readonly checkpoint?: string; readonly json?: boolean },
): Promise<void> {
  const outside = checkpoint === undefined ? undefined : checkpointIn(checkpoint);
  const report = await reportOn(file, outside);
  console.log(json ? JSON.stringify(report) : told(report));
  if (report.outcome === 'broken') process.exitCode = EXIT_BROKEN;
  if (report.outcome === 'unusable') process.exitCode = EXIT_UNUSABLE;
}

function checkpointIn(given: string): CheckpointText {
  const read = readCheckpointText(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (read === undefined) {
    throw new Stop(
      '--checkpoint: expected a line that begins with tocsin-checkpoint/1, or a file with it',
      EXIT_UNUSABLE,
    );
  }
  return read;
}

async function reportOn(file: string | undefined, outside: CheckpointText | undefined): Promise<Report> {
  if (file === undefined) return verifyJournal(readExport(await new AdminClient(SOCKET).journal()), outside);
  if (!existsSync(file) || !statSync(file).isFile()) throw new Stop(`${file}: there is no such file`, EXIT_UNUSABLE);
  return isStore(file) ? verifyCopy(file, outside) : verifyJournal(readExport(createReadStream(file)), outside);
}

function isStore(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const magic = Buffer.alloc(SQLITE.length);
    readSync(handle, magic, 0, magic.length, 0);
    return magic.toString('latin1') === SQLITE;
  } finally {
    closeSync(handle);
  }
}

const SQLITE = 'SQLite format 3';

/** A store is opened in a copy of the copy: opening one writes, and what is to be proved must stay as it is. */
async function verifyCopy(file: string, outside: CheckpointText | undefined): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-verify-'));
  try {
    const copy = join(folder, basename(file));
    await copyFile(file, copy);
    if (existsSync(`${file}-wal`)) await copyFile(`${file}-wal`, `${copy}-wal`);
    const { openStore } = await import('../store/open.ts');
    const never = () => {
      throw new StoreRefused(`${file} holds no Tocsin`);
    };
    const store = await openStore({ url: `file:${copy}`, random: never, now: Date.now, newId: never });
    try {
      const reading = { register: store, installation: store.installation.id, pause: () => setImmediate() };
      return await verifyJournal(journalItems(wholeJournal(reading)), outside);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreRefused) return { outcome: 'unusable', why: error.message };
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function told(report: Report): string {
  if (report.outcome === 'unusable') return `unusable: ${report.why}`;
  if (report.outcome === 'broken') {
    const { stream, n, what } = report.finding;
    return `BROKEN ${stream} ${n}: ${what} (${FINDINGS[what]})`;
  }
  const { streams, entries, contents, erased, notProved } = report;
  return [
    `ok: ${entries} entries in ${streams} streams, ${contents} pieces of content`,
    ...erased.map(({ stream, n, content, erasedAt }) => `erased on ${erasedAt}: ${content} of ${stream} ${n}`),
    ...notProved.map(
      ({ what, streams: which }) => `not proved: ${DOUBTS[what]}${which === undefined ? '' : `: ${which.join(', ')}`}`,
    ),
  ].join('\n');
}

/** Writes an export to standard output, in JSON lines. */
export async function exportJournal(reference: string | undefined): Promise<void> {
  const chunks = await new AdminClient(SOCKET).journal(reference);
  for await (const chunk of chunks) if (!process.stdout.write(chunk)) await drained();
}

function drained(): Promise<void> {
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}

export async function checkpoint(): Promise<void> {
  console.log(await new AdminClient(SOCKET).checkpoint(userInfo().username));
}
