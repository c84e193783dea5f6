import { z } from 'zod';
import type { DutyHours } from '../../../rota/duty-hours.ts';
import { oneOrMore, timeOfDay, weekday } from '../leaves.ts';

const window = z.strictObject({
  days: oneOrMore(weekday).describe('Days on which it begins.'),
  from: timeOfDay.describe('Time of day at the desk.'),
  to: timeOfDay.describe('Not later than `from`: on the next day.'),
});

export const dutyHoursSection = z
  .array(window)
  .describe('When the desk is staffed: routine requests wait for it. An empty list: round the clock.')
  .prefault([{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '08:00', to: '16:00' }]);

export function dutyHours(zone: string, windows: z.output<typeof dutyHoursSection>): DutyHours {
  return { zone, windows };
}
