import { canonical } from '../config/canonical.ts';
import { differences } from '../config/differences.ts';
import { formatFaults } from '../config/fault.ts';
import { isDemo } from '../demo/desk.ts';
import { type Checks, type Finding, type Found, runChecks } from '../desk/doctor/finding.ts';
import { CONFIG_FILE, readRevision } from './configuration.ts';
import type { Here } from './doctor-here.ts';
import { clock, disk, files, node, user } from './doctor-machine.ts';
import { zones } from './doctor-zones.ts';

/** Everything that needs no question to the desk's own records. */
const CHECKS: Checks<Here> = {
  process: ({ process, store, inForce }) => [processFound(process, store, inForce !== undefined)],
  configuration: (here) => [configurationFound(here)],
  store: ({ store }) => [store],
  disk,
  clock,
  zones,
  node,
  user,
  files,
};

/** All that is found in this folder, on this machine and in the store. */
export async function examineHere(here: Here): Promise<readonly Finding[]> {
  return [...(await runChecks(CHECKS, here)), ...here.findings];
}

/** `wasApplied`: some revision ever was. */
export function processFound(process: Here['process'], store: Found, wasApplied: boolean): Found {
  if (process.state === 'silent') return { code: 'process_silent' };
  if (process.state === 'none') {
    const isNew = store.code === 'store_none' || (store.code === 'store_well' && !wasApplied);
    return { code: isNew ? 'process_never_started' : 'process_not_running' };
  }
  const { ready, reasons } = process.readiness;
  if (ready) return { code: 'process_running', values: { pid: String(process.pid) } };
  return { code: 'process_not_ready', values: { reasons: reasons.map(({ message }) => message).join(' ') } };
}

/** The file, and what it says otherwise than the revision in force. */
export function configurationFound({ file, inForce, process }: Pick<Here, 'file' | 'inForce' | 'process'>): Found {
  if (file.kind === 'faulty') {
    return { code: 'config_faulty', values: { count: file.faults.length, faults: formatFaults(file.faults) } };
  }
  const revision = inForce?.revision ?? 0;
  if (file.kind === 'missing') {
    const isForeign = inForce !== undefined && !isDemo(readRevision(inForce.text));
    return isForeign ? { code: 'config_missing', values: { revision } } : { code: 'config_demo' };
  }
  const count = inForce === undefined ? 0 : valuesIn(differences(inForce.text, canonical(file.config)));
  if (count === 0) return { code: 'config_well', values: { file: CONFIG_FILE } };
  return { code: process.state === 'none' ? 'config_waits' : 'config_differs', values: { count, revision } };
}

/** A value that is another has two lines, one that is gone and one that has come. */
function valuesIn(lines: readonly string[]): number {
  return new Set(lines.map((line) => line.slice(2, line.indexOf(': ')))).size;
}
