import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, HOUR, type Instant, SECOND } from '../../rota/instant.ts';
import type { Found } from '../desk/doctor/finding.ts';
import { localText } from '../desk/doctor/gaps.ts';
import type { Here } from './doctor-here.ts';

const AHEAD = 365 * DAY;
const ZONES = '/usr/share/zoneinfo';

/** Whether Node and the system agree on the wall clock of each desk for the next twelve months, hour by hour. */
export async function zones({ zones: names, now }: Here): Promise<readonly Found[]> {
  return Promise.all(names.map((zone) => compare(zone, now)));
}

async function compare(zone: string, now: Instant): Promise<Found> {
  // The system takes a zone that it does not have for UTC, without a word.
  if (!existsSync(join(ZONES, zone))) return { code: 'zone_unknown', values: { zone } };
  const hours = Array.from({ length: AHEAD / HOUR }, (_, hour) => Math.ceil(now / HOUR) * HOUR + hour * HOUR);
  const theirs = await systemTexts(zone, hours);
  if (theirs.length !== hours.length) return { code: 'zone_unknown', values: { zone } };
  return firstDifference(zone, hours, theirs);
}

/** `theirs`: what the wall clock shows at each of these hours, as the system says. */
export function firstDifference(zone: string, hours: readonly Instant[], theirs: readonly string[]): Found {
  const index = hours.findIndex((at, which) => localText(at, zone) !== theirs[which]);
  const at = hours[index];
  if (at === undefined) return { code: 'zone_well', values: { zone } };
  return { code: 'zone_differs', values: { zone, node: localText(at, zone), system: theirs[index] ?? '' } };
}

/** Nothing where `date` does not know how to read times from a list. */
function systemTexts(zone: string, hours: readonly Instant[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const options = { timeout: 2 * SECOND, env: { ...process.env, TZ: zone, LC_ALL: 'C' } };
    const asking = execFile('date', ['-f', '-', '+%Y-%m-%d %H:%M'], options, (error, out) =>
      resolve(error === null ? out.trim().split('\n') : []),
    );
    asking.stdin?.on('error', () => undefined);
    asking.stdin?.end(hours.map((at) => `@${at / SECOND}\n`).join(''));
  });
}
