import { backup, checkpoint } from './ages.ts';
import { type Checks, type Finding, runChecks } from './finding.ts';
import { gaps } from './gaps.ts';
import type { Look } from './look.ts';
import { methods, reach, team } from './people.ts';

/** Everything that is looked up in the store. */
const CHECKS: Checks<Look> = { reach, methods, team, rota: gaps, backup, checkpoint };

/** What the store tells of the desk's health. Never throws: a question that failed is a finding. */
export function examine(look: Look): Promise<readonly Finding[]> {
  return runChecks(CHECKS, look);
}
