import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { filesIn } from './tree.ts';

/** Lines of one TypeScript file. Functions have their own bound, 70 lines, in biome.json. */
const MOST = 300;

/**
 * Files that are longer for a stated reason, with the length they may not exceed. A ratchet: it is only ever turned
 * down, and a file that has become short enough leaves the list.
 */
const LONGER: Readonly<Record<string, { readonly lines: number; readonly because: string }>> = {};

/** Files that are too long, and entries of the list that are not needed any more. */
export function sizeFaults(root: string, longer = LONGER): string[] {
  const files = filesIn(root, '.', '.ts');
  const gone = Object.keys(longer).filter((file) => !files.includes(file));
  const faults = files.flatMap((file) => {
    const lines = lineCount(readFileSync(resolve(root, file), 'utf8'));
    const allowed = longer[file]?.lines;
    if (allowed === undefined) return lines > MOST ? [`${file} has ${lines} lines, at most ${MOST}: split it`] : [];
    if (lines <= MOST) return [`${file} has ${lines} lines: take it out of the list of longer files`];
    return lines > allowed ? [`${file} has grown to ${lines} lines, at most ${allowed}: split it`] : [];
  });
  return [...faults, ...gone.map((file) => `${file} is gone: take it out of the list of longer files`)];
}

function lineCount(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
