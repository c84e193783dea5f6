import { existsSync } from 'node:fs';
import { formatFaults, formatNotes } from '../config/fault.ts';
import { jsonSchema } from '../config/schema.ts';
import { CONFIG_FILE, EXIT_CONFIGURATION, environment, fromFile, Stop } from './configuration.ts';

/** Lists every fault of the file and of the environment, or says that there is none. */
export function check(file: string = CONFIG_FILE): void {
  if (!existsSync(file)) {
    throw new Stop(`${file}: there is no such file; expected one like docs/examples/minimal.yaml`, EXIT_CONFIGURATION);
  }
  const found = fromFile(file, environment());
  if (found.kind === 'faulty') throw new Stop(formatFaults(found.faults), EXIT_CONFIGURATION);
  if (found.notes.length > 0) console.log(formatNotes(found.notes));
  console.log(`${file} has no faults.`);
}

export function schema(): void {
  console.log(JSON.stringify(jsonSchema(), undefined, 2));
}
