import { z } from 'zod';
import { DAY, MINUTE, SECOND } from '../../../rota/instant.ts';
import type { Policy } from '../../paging/policy.ts';
import { URGENCIES, type Urgency } from '../../request/urgency.ts';
import { duration, oneOrMore } from '../leaves.ts';
import { defaultPolicy } from './policy-defaults.ts';
import { target } from './targets.ts';

/** In an emergency nobody may be waited for longer than this. */
export const LONGEST_EMERGENCY_WINDOW = DAY;

const step = z.strictObject({
  page: oneOrMore(target).describe('Whom to page, all at once.'),
  window: duration(SECOND, 7 * DAY).describe('How long to wait for an acknowledgement before the next step.'),
});

const policy = z.strictObject({
  steps: z
    .array(step)
    .min(1, { error: 'at least one step' })
    .describe('One after the other; after the last a new round begins.')
    .optional(),
  round_min: duration(SECOND, DAY).describe('A round never begins sooner than this after the one before.').optional(),
  progress: duration(MINUTE / 2, 7 * DAY)
    .describe('The longest wait after an acknowledgement without anything happening; routine counts duty hours.')
    .optional(),
});

export const policiesSection = z
  .strictObject({
    emergency: policy.optional(),
    urgent: policy.optional(),
    routine: policy.optional(),
    test: policy.optional(),
    rows: z
      .record(z.string(), policy)
      .describe('A policy of its own for a row of the urgency table, by the number or id of the row.')
      .prefault({}),
  })
  .describe('Who is paged, and who next when nobody answers. What is not said here has sensible defaults.')
  .prefault({});

type PolicyEntry = z.output<typeof policy>;
type PoliciesEntry = z.output<typeof policiesSection>;

export function policies(entry: PoliciesEntry, hasHead: boolean): Readonly<Record<Urgency, Policy>> {
  const all = URGENCIES.map((urgency) => [urgency, policyOf(urgency, entry[urgency] ?? {}, urgency, hasHead)] as const);
  return Object.fromEntries(all) as Record<Urgency, Policy>;
}

/** `urgencies`: what each row of the urgency table comes to, the desk's own rows with it. */
export function rowPolicies(
  { rows }: PoliciesEntry,
  urgencies: Readonly<Record<string, Urgency>>,
  hasHead: boolean,
): Readonly<Record<string, Policy>> {
  const all = Object.entries(rows).map(
    ([row, entry]) => [row, policyOf(`row-${row}`, entry, urgencies[row] ?? 'emergency', hasHead)] as const,
  );
  return Object.fromEntries(all);
}

function policyOf(id: string, entry: PolicyEntry, urgency: Urgency, hasHead: boolean): Policy {
  const usual = defaultPolicy(urgency, hasHead);
  return {
    id,
    steps: entry.steps?.map(({ page, window }) => ({ targets: page, window })) ?? usual.steps,
    roundMin: entry.round_min ?? usual.roundMin,
    progress: entry.progress ?? usual.progress,
    counts: usual.counts,
  };
}
