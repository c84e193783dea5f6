// npm run vectors -- FILE…: plays neutral escalation cases through the real rules and engine, and says where they agree.
import { readFileSync } from 'node:fs';
import { memoryStore } from '../support/memory-store.ts';
import { escalationFile } from './case.ts';
import { compare } from './compare.ts';
import { play } from './play.ts';

const NOT_YET = 2;
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error(
    'usage: npm run vectors -- FILE…   (files in the format oncall-escalation/1, see test/vectors/README.md)',
  );
  process.exit(NOT_YET);
}

let agree = 0;
let disagree = 0;
let choices = 0;
let unusable = 0;
for (const file of files) {
  const parsed = read(file);
  if (parsed === undefined) {
    unusable += 1;
    continue;
  }
  for (const one of parsed.cases) {
    const { differences, outside } = compare(one, await play(one, memoryStore));
    const choice = one.tags.includes('choice');
    if (differences.length === 0) agree += 1;
    else if (choice) choices += 1;
    else disagree += 1;
    const word = differences.length === 0 ? 'agrees' : choice ? 'differs by choice' : 'DISAGREES';
    console.log(`${one.id}: ${word}${outside.length > 0 ? ` (outside the comparison: ${outside.join(', ')})` : ''}`);
    for (const difference of differences) console.log(`  ${difference}`);
    if (differences.length > 0 && choice) console.log('  see "Choices" in test/vectors/README.md');
  }
}
console.log(`${agree} agree, ${disagree} disagree, ${choices} differ by choice`);
if (disagree > 0) process.exitCode = 1;
else if (unusable > 0) process.exitCode = NOT_YET;

function read(file: string) {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const parsed = escalationFile.safeParse(value);
    if (parsed.success) return parsed.data;
    const format = typeof value === 'object' && value !== null && 'format' in value ? String(value.format) : 'none';
    const why =
      format === 'oncall-vectors/1'
        ? 'it is a rota file: these are played once the complete rota is there'
        : format === 'oncall-escalation/1'
          ? parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
          : `its format is ${format}, expected oncall-escalation/1`;
    console.error(`${file}: cannot be played: ${why}`);
  } catch (error) {
    console.error(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}
