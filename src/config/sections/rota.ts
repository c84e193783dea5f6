import { z } from 'zod';
import type { WeeklyRotaSpec } from '../../../rota/weekly.ts';
import { date, id, timeOfDay, weekday } from '../leaves.ts';

const MONDAY_AT_EIGHT = { weekday: 'MO', time: '08:00' } as const;

const turn = z
  .union([id, z.array(id).min(1, { error: 'at least one officer' })], {
    error: 'an officer, or a list of officers who are on duty together',
  })
  .meta({ title: 'an officer' });

export const rotaSection = z
  .strictObject({
    type: z.literal('weekly', { error: 'weekly' }).meta({ title: 'a type of rota' }).prefault('weekly'),
    start: date.describe('A day in the week of the first in `order`; nobody is on duty before.').prefault('2026-01-05'),
    handover: z
      .strictObject({ weekday, time: timeOfDay })
      .describe('When the duty changes hands, at the desk.')
      .prefault(MONDAY_AT_EIGHT),
    order: z
      .array(turn)
      .min(1, { error: 'at least one officer' })
      .describe('Whose week comes after whose. Without it: the officers of the desk, one by one.')
      .optional(),
  })
  .describe('Who is on duty in which week.')
  .prefault({});

/** Without an order the members of the desk take turns as they are listed. */
export function rota(
  zone: string,
  { start, handover, order }: z.output<typeof rotaSection>,
  members: readonly string[],
): WeeklyRotaSpec {
  const turns: readonly (string | string[])[] = order ?? members;
  return { zone, start, handover, participants: turns.map((turn) => (typeof turn === 'string' ? [turn] : turn)) };
}
