import { civilAt } from '../../../rota/civil.ts';
import { DAY, type Instant } from '../../../rota/instant.ts';
import type { DeskSetup } from '../setup.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** The same span in which a handover tells of gaps. */
const AHEAD = 14 * DAY;

/** Times of the next 14 days in which nobody of a desk is on duty: a page that meets one goes up at once. */
export async function gaps(look: Look): Promise<readonly Found[]> {
  return Promise.all(look.desks.map((desk) => gapsOf(look, desk)));
}

async function gapsOf({ reading, now }: Look, desk: DeskSetup): Promise<Found> {
  const rota = desk.rota(await reading.register.overrides(desk.id));
  const all = rota.gaps({ start: now, end: now + AHEAD });
  const [first] = all;
  if (first === undefined) return { code: 'rota_well', values: { desk: desk.id } };
  const { zone } = desk;
  const values = { desk: desk.id, count: all.length, from: localText(first.start, zone), zone };
  return { code: 'rota_gap', values: { ...values, until: localText(first.end, zone) } };
}

/** `2026-11-25 08:00`, as the clock on the wall there shows. */
export function localText(at: Instant, zone: string): string {
  const { year, month, day, hour, minute } = civilAt(at, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
