import { z } from 'zod';
import { DAY, HOUR, MINUTE } from '../../../rota/instant.ts';
import type { ClockSetting } from '../../request/clocks.ts';
import { duration } from '../leaves.ts';

/** Convention on Cybercrime, Art. 29(7): a preservation lasts not less than sixty days. */
const LEAST_HOLD = 60 * DAY;
const warning = (most: number) => duration(MINUTE, most).optional();

/** Keys of the file, and the names that these clocks have in the kinds of request. */
export const CLOCK_NAMES = {
  answer: 'answer',
  preservation_done: 'preservation_done',
  preservation_hold: 'hold',
} as const;
export type ClockKey = keyof typeof CLOCK_NAMES;

export const clocksSection = z
  .strictObject({
    answer: duration(MINUTE, 30 * DAY)
      .describe('Every request is answered by then. Usual: 8h.')
      .optional(),
    preservation_done: duration(MINUTE, 30 * DAY)
      .describe('The data are preserved by then. Usual: 24h.')
      .optional(),
    preservation_hold: duration(LEAST_HOLD, 3650 * DAY)
      .describe('How long preserved data are held: at least 60d (Art. 29(7)); a national order may say 90d.')
      .optional(),
    warn_before: z
      .strictObject({
        answer: warning(7 * DAY),
        preservation_done: warning(7 * DAY),
        preservation_hold: warning(30 * DAY),
      })
      .describe('How long before a clock runs out it is told.')
      .prefault({}),
  })
  .describe('Departures from the clocks that each kind of request brings along.')
  .prefault({});

export function clocks({
  warn_before,
  ...lengths
}: z.output<typeof clocksSection>): Readonly<Record<string, ClockSetting>> {
  const keys = Object.keys(CLOCK_NAMES) as ClockKey[];
  const settings = keys.map((key) => [CLOCK_NAMES[key], setting(lengths[key], warn_before[key])] as const);
  return Object.fromEntries(settings.filter(([, { length, warnBefore }]) => (length ?? warnBefore) !== undefined));
}

function setting(length: number | undefined, warnBefore: number | undefined): ClockSetting {
  return { ...(length === undefined ? {} : { length }), ...(warnBefore === undefined ? {} : { warnBefore }) };
}

/** A warning of this clock is due when its time has begun at the latest. */
export const USUAL_LENGTHS: Readonly<Record<ClockKey, number>> = {
  answer: 8 * HOUR,
  preservation_done: 24 * HOUR,
  preservation_hold: LEAST_HOLD,
};
