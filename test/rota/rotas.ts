import type { Weekday } from '../../rota/civil.ts';
import { type Instant, instant, rfc3339 } from '../../rota/instant.ts';
import type { Override, Rota } from '../../rota/rota.ts';
import { type WeeklyRotaSpec, weeklyRota } from '../../rota/weekly.ts';

export const ABC = [['A'], ['B'], ['C']];

export function weekly(zone: string, start: string, weekday: Weekday, time: string, participants: string[][] = ABC) {
  return { zone, start, handover: { weekday, time }, participants } satisfies WeeklyRotaSpec;
}

export function plain(...spec: Parameters<typeof weekly>): Rota {
  return weeklyRota(weekly(...spec), []);
}

/** `A 2026-03-29T01:00Z` lines: who takes over when, for a glance at a whole span. */
export function turns(rota: Rota, from: string, to: string): readonly string[] {
  const span = { start: instant(from), end: instant(to) };
  return rota.shifts(span).map(({ start, end, officers }) => `${officers.join('+')} ${short(start)} ${short(end)}`);
}

export function short(at: Instant): string {
  return rfc3339(at).replace(':00.000Z', 'Z');
}

export function onDuty(rota: Rota, at: string): string {
  return rota.onDuty(instant(at)).join('+');
}

export function replaceAt(start: Instant, end: Instant, officer: string, by: string): Override {
  return { kind: 'replace', start, end, officer, by };
}

export function replace(start: string, end: string, officer: string, by: string): Override {
  return replaceAt(instant(start), instant(end), officer, by);
}

export function cover(start: string, end: string, officers: string[]): Override {
  return { kind: 'cover', start: instant(start), end: instant(end), officers };
}
