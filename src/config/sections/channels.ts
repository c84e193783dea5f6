import { z } from 'zod';
import type { Channel } from '../config.ts';
import { id } from '../leaves.ts';

const channel = z.strictObject({
  id: id.describe('Name for policies.'),
  type: z.enum(['page'], { error: 'page, the desk page' }).meta({ title: 'a type of channel' }),
  content: z
    .enum(['full', 'summary'], { error: 'full or summary' })
    .meta({ title: 'an amount of content' })
    .describe('summary: urgency, short id, kind, clocks and who has it, but nothing of the case.')
    .prefault('full'),
});

export const channelsSection = z
  .array(channel)
  .describe('Where the desk sees its requests. The desk page is always there.')
  .prefault([]);

/** Of each desk that says nothing of one. The pages of several desks may share this id, and share nothing else. */
const DESK_PAGE: Channel = { id: 'page', type: 'page', content: 'full' };

export function channels(entries: z.output<typeof channelsSection>): readonly Channel[] {
  return entries.some(({ type }) => type === 'page') ? entries : [DESK_PAGE, ...entries];
}
