import { z } from 'zod';
import { URGENCIES } from '../../request/urgency.ts';
import { PROBLEMS, type ProblemCode } from '../problem.ts';

const instantText = z.iso.datetime().describe('RFC 3339, UTC');

const missing = z.array(
  z.object({
    item: z.string(),
    article: z.string().describe('The article or the number of the checklist that asks for it'),
    requirement: z.enum(['law', 'helpful']),
    sentence: z.string().describe('For people, by Accept-Language in English or French'),
  }),
);

const flags = z
  .array(z.object({ code: z.string(), field: z.string() }))
  .describe('What looks technically wrong, such as a private address or a time without its zone; it refuses nothing');

const links = z.object({
  self: z.string(),
  attachments: z.string().describe('A template: PUT a file to it with its name in the place of {name}'),
});

const common = {
  reference: z.string().describe('Name it wherever you speak of the request'),
  shortId: z.string().describe('For the telephone and short messages'),
  kind: z.string(),
  urgency: z.enum(URGENCIES).describe('What it became by the urgency table'),
  provisional: z.boolean().describe('Until an officer has looked at it'),
  state: z.enum(['open', 'acknowledged', 'concluded', 'closed']),
  missing: missing.describe('What the law or the checklist asks for and the request does not say; it holds up nothing'),
  flags,
  links,
};

const COMMON_EXAMPLE = {
  reference: 'T-2026-0042',
  shortId: 'K7Q2',
  kind: 'preservation',
  urgency: 'urgent',
  provisional: false,
  state: 'open',
  missing: [],
  flags: [],
  links: {
    self: '/api/v1/requests/T-2026-0042',
    attachments: '/api/v1/requests/T-2026-0042/attachments/{name}',
  },
} as const;

/** What a sender gets once its request is committed. A receipt, not an acknowledgement: no officer has seen it yet. */
export const receiptSchema = z
  .object({
    ...common,
    appended: z.boolean().describe('It was added to the open request that has your own reference'),
    clocks: z.array(z.object({ name: z.string(), dueAt: instantText })),
    notes: z.array(z.string()).describe('What was changed or could not be read, such as replaced_characters'),
  })
  .describe('Kept')
  .meta({
    examples: [
      {
        ...COMMON_EXAMPLE,
        appended: false,
        clocks: [{ name: 'answer', dueAt: '2026-11-24T17:00:00.000Z' }],
        notes: [],
      },
    ],
  });

const told = z.object({ at: instantText, channel: z.string() }).nullable();

const outcome = z.discriminatedUnion('result', [
  z.object({ result: z.literal('answered'), channel: z.string(), sentAt: z.string() }),
  z.object({ result: z.literal('refused'), ground: z.string() }),
  z.object({ result: z.literal('not_possible'), reason: z.string() }),
  z.object({ result: z.literal('no_further_action') }),
  z.object({ result: z.literal('forwarded'), to: z.string() }),
]);

/** How far a request has come, for the source that sent it. */
export const standingSchema = z
  .object({
    ...common,
    receivedAt: instantText,
    clocks: z.array(
      z.object({
        name: z.string(),
        dueAt: instantText,
        state: z.enum(['running', 'warned', 'over', 'stopped']),
      }),
    ),
    duties: z
      .object({ receipt: told, start: told, progress: told })
      .describe('What you are owed along the way, and when it was told to you by which channel; null: not yet'),
    outcome: outcome.nullable(),
    attachments: z.array(
      z.object({
        name: z.string().nullable().describe('null: it was erased'),
        sha256: z.string(),
        size: z.int(),
      }),
    ),
  })
  .describe('How far it has come')
  .meta({
    examples: [
      {
        ...COMMON_EXAMPLE,
        receivedAt: '2026-11-24T09:00:00.000Z',
        clocks: [{ name: 'answer', dueAt: '2026-11-24T17:00:00.000Z', state: 'running' }],
        duties: { receipt: { at: '2026-11-24T09:04:00.000Z', channel: 'telephone' }, start: null, progress: null },
        outcome: null,
        attachments: [],
      },
    ],
  });

export const attachmentSchema = z
  .object({ name: z.string(), sha256: z.string().describe('SHA-256 of its bytes, lower-case hex'), size: z.int() })
  .describe('Kept')
  .meta({ examples: [{ name: 'log.txt', sha256: '0'.repeat(64), size: 1234 }] });

export type Receipt = z.output<typeof receiptSchema>;
export type Standing = z.output<typeof standingSchema>;

/** The schema of the answers that say no, for a route's description: one for each status. */
export function problemSchemas(...codes: readonly ProblemCode[]): Readonly<Record<number, z.ZodType>> {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code]);
  return Object.fromEntries([...byStatus].map(([status, all]) => [status, problemSchema(all)]));
}

function problemSchema(codes: readonly ProblemCode[]) {
  const [first] = codes;
  return z
    .object({
      error: z.object({
        id: z.string().describe('Names this answer in the log of the desk'),
        code: z.enum(codes),
        message: z.string().describe('For people, by Accept-Language in English or French'),
        faults: z
          .array(z.object({ field: z.string(), wrong: z.string(), expected: z.string() }))
          .describe('All that is wrong, field by field')
          .exactOptional(),
      }),
    })
    .describe(codes.join(', '))
    .meta({ examples: [{ error: { id: '6f1f…', code: first, message: 'What was wrong, and what to do' } }] });
}
