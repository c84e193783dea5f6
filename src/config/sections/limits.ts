import { z } from 'zod';
import { DAY, MINUTE, SECOND } from '../../../rota/instant.ts';
import type { Limits } from '../../paging/policy.ts';
import { duration, wholeNumber } from '../leaves.ts';
import { METHOD_TYPES } from './methods.ts';

/** So many pages that nobody can read them, or that a provider begins to refuse. Nothing is dropped: it joins a bundle. */
const DEFAULTS: Limits = {
  pager: [],
  sms: [{ max: 5, within: 15 * MINUTE }],
  voice: [{ max: 3, within: 15 * MINUTE }],
  mail: [{ max: 10, within: 15 * MINUTE }],
};

const limits = z
  .array(z.strictObject({ max: wholeNumber(1, 1000), within: duration(SECOND, DAY) }))
  .describe('All of them hold. An empty list: no limit.')
  .optional();

export const limitsSection = z
  .strictObject({ pager: limits, sms: limits, voice: limits, mail: limits })
  .describe('At most so many pages to one officer by one method.')
  .prefault({});

export function limitsOf(section: z.output<typeof limitsSection>): Limits {
  return Object.fromEntries(METHOD_TYPES.map((type) => [type, section[type] ?? DEFAULTS[type] ?? []]));
}
