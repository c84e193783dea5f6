import { z } from 'zod';

/** The neutral format `oncall-escalation/1`; see README.md beside this file. Times are minutes from the first instant. */
const target = z.union([
  z.strictObject({ user: z.string() }),
  z.strictObject({ schedule: z.string() }),
  z.strictObject({ channel: z.string() }),
]);

const policy = z.strictObject({
  steps: z.array(z.strictObject({ delay_min: z.number(), targets: z.array(target) })),
  repeat: z.union([z.number(), z.literal('forever')]),
});

const event = z.discriminatedUnion('type', [
  z.strictObject({
    t: z.number(),
    type: z.literal('request'),
    request: z.string(),
    dedup: z.string().optional(),
    policy: z.string().optional(),
  }),
  z.strictObject({ t: z.number(), type: z.literal('ack'), request: z.string(), by: z.string() }),
  z.strictObject({ t: z.number(), type: z.literal('close'), request: z.string(), by: z.string() }),
  z.strictObject({
    t: z.number(),
    type: z.literal('escalate'),
    request: z.string().optional(),
    by: z.string().optional(),
  }),
  z.strictObject({ t: z.number(), type: z.literal('reassign'), request: z.string(), policy: z.string() }),
  z.strictObject({
    t: z.number(),
    type: z.literal('provider_hard_fail'),
    user: z.string(),
    method: z.string().optional(),
    until: z.number().optional(),
  }),
  z.strictObject({ t: z.number(), type: z.literal('down') }),
  z.strictObject({ t: z.number(), type: z.literal('up') }),
]);

const page = z.strictObject({
  t: z.number(),
  who: z.string(),
  method: z.string(),
  request: z.string(),
  tol_s: z.number().default(60),
});

const span = { from: z.number(), to: z.number(), who: z.string() };
const notice = z.strictObject({ t: z.number(), to: z.string(), about: z.string() });

const expectation = z.strictObject({
  pages: z.array(page).optional(),
  pages_until: z.number().optional(),
  may: z.array(page).optional(),
  silence: z.array(z.strictObject({ ...span, request: z.string().optional() })).optional(),
  count: z
    .array(
      z.strictObject({
        ...span,
        request: z.string().optional(),
        n: z.number().optional(),
        min: z.number().optional(),
        max: z.number().optional(),
      }),
    )
    .optional(),
  state: z.record(z.string(), z.enum(['open', 'acked', 'closed'])).optional(),
  notices: z.array(notice).optional(),
  no_notices: z.array(notice).optional(),
  bundled: z.array(z.unknown()).optional(),
});

const escalationCase = z.strictObject({
  id: z.string(),
  source: z.string(),
  note: z.string().optional(),
  tags: z.array(z.string()).default([]),
  horizon_min: z.number(),
  policy: policy.optional(),
  policies: z.record(z.string(), policy).optional(),
  users: z
    .record(
      z.string(),
      z.strictObject({ rules: z.array(z.strictObject({ method: z.string(), after_min: z.number() })) }),
    )
    .default({}),
  schedules: z
    .record(z.string(), z.array(z.strictObject({ from: z.number(), to: z.number(), users: z.array(z.string()) })))
    .default({}),
  events: z.array(event),
  expect: expectation,
});

export const escalationFile = z.strictObject({
  format: z.literal('oncall-escalation/1'),
  topic: z.string(),
  cases: z.array(escalationCase),
});

export type EscalationCase = z.infer<typeof escalationCase>;
export type CasePolicy = z.infer<typeof policy>;
export type CaseEvent = z.infer<typeof event>;
export type ExpectedPage = z.infer<typeof page>;

/** One attempt to page somebody, as it was seen by the fake providers. */
export type SeenPage = {
  readonly t: number;
  readonly who: string;
  readonly method: string;
  readonly request: string;
  /** The round whose step rang it; 0 for what is no step (a reminder): that is never left out of a comparison. */
  readonly round: number | 'last_resort';
};

export type SeenNotice = { readonly t: number; readonly to: string; readonly about: string };

export type Played = {
  readonly pages: readonly SeenPage[];
  readonly notices: readonly SeenNotice[];
  readonly states: Readonly<Record<string, 'open' | 'acked' | 'closed'>>;
  /** Messages that carried more than one page. */
  readonly bundles: readonly string[];
};
