import { setTimeout as after } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import type { Unapplied } from '../desk/configuration.ts';
import { catalogue } from '../locales/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { Nodes } from '../ports/nodes.ts';
import type { Queue } from '../ports/queue.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { Metrics } from './metrics.ts';

export type HealthParts = {
  readonly nodes: Pick<Nodes, 'probe'>;
  readonly queue: Pick<Queue, 'nextDue'>;
  readonly clock: Clock;
  /** When the engine last beat; undefined before its first. */
  readonly lastBeat: () => Instant | undefined;
  readonly configuration: () => {
    readonly revision: number;
    /** Why the file is not what runs: the revision runs on, and changes in the file do nothing. */
    readonly unapplied: Unapplied['why'] | undefined;
  };
  /** Codes of what else somebody should look at (`api.ready.<code>`). */
  readonly warnings?: () => Promise<readonly string[]>;
  /** How long the store may take to write one row; three seconds unless said otherwise. */
  readonly patience?: Duration;
};

/** Work may be so late, and the engine so silent, before a balancer or a watchdog should know. */
const LATEST: Duration = 5 * SECOND;
/** A store that takes longer than this to write one row takes no requests. */
const SLOWEST_PROBE: Duration = 3 * SECOND;

const remark = z.object({ code: z.string(), message: z.string() });
const readinessSchema = z
  .object({
    ready: z.boolean(),
    reasons: z.array(remark).describe('Why it is not ready'),
    warnings: z.array(remark).describe('What somebody should look at, though it is ready'),
    revision: z.int().describe('The configuration that is in force'),
    latenessMs: z.number().describe('For how long the oldest due work has been waiting'),
  })
  .meta({ examples: [{ ready: true, reasons: [], warnings: [], revision: 3, latenessMs: 0 }] });

export type Readiness = z.output<typeof readinessSchema>;
type Remark = z.output<typeof remark>;

/** Whether requests are taken and dealt with in time. Never throws. */
export async function readiness(parts: HealthParts): Promise<Readiness> {
  const { clock, lastBeat, configuration } = parts;
  const now = clock.now();
  const store = await storeOf(parts, now);
  const reasons = [
    ...(store.fault === undefined ? [] : [told('store_unavailable', { code: store.fault })]),
    ...engineOf(lastBeat(), now),
    ...(store.lateness < LATEST ? [] : [told('late', { seconds: inSeconds(store.lateness) })]),
  ];
  const { revision, unapplied } = configuration();
  const others = (await parts.warnings?.().catch(() => [])) ?? [];
  const warnings = [
    ...(unapplied === undefined ? [] : [told(`configuration_${unapplied}`, { revision })]),
    ...others.map((code) => told(code, {})),
  ];
  return { ready: reasons.length === 0, reasons, warnings, revision, latenessMs: store.lateness };
}

function engineOf(lastBeat: Instant | undefined, now: Instant): readonly Remark[] {
  if (lastBeat === undefined) return [told('engine_not_started', {})];
  const silent = now - lastBeat;
  return silent < LATEST ? [] : [told('engine_silent', { seconds: inSeconds(silent) })];
}

function told(code: string, values: Readonly<Record<string, string | number>>): Remark {
  return { code, message: catalogue('en')(`api.ready.${code}`, values) };
}

function inSeconds(duration: Duration): number {
  return Math.floor(duration / SECOND);
}

async function storeOf(
  { nodes, queue, patience = SLOWEST_PROBE }: HealthParts,
  now: Instant,
): Promise<{ fault?: string; lateness: Duration }> {
  try {
    const asked = nodes.probe(now).then(() => queue.nextDue());
    const due = await inTime(asked, patience);
    return { lateness: due === undefined ? 0 : Math.max(0, now - due) };
  } catch (error) {
    return { fault: error instanceof StoreUnavailable ? error.code : 'fault', lateness: 0 };
  }
}

async function inTime<T>(answer: Promise<T>, patience: Duration): Promise<T> {
  const stop = new AbortController();
  const late = after(patience, undefined, { signal: stop.signal }).then(() => {
    throw new StoreUnavailable('slow', false);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
    answer.catch(() => undefined);
  }
}

/** `/healthz`: the process answers. `/readyz`: it does its work. `/metrics`: figures, without anything of a case. */
export function healthRoutes(app: FastifyInstance, parts: HealthParts, metrics: Metrics): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const alive = z
    .object({ alive: z.literal(true) })
    .describe('It does')
    .meta({ examples: [{ alive: true }] });
  api.get(
    '/healthz',
    { schema: { operationId: 'isAlive', summary: 'The process answers', response: { 200: alive } } },
    () => ({ alive: true as const }),
  );
  api.get(
    '/readyz',
    {
      schema: {
        operationId: 'isReady',
        summary: 'Requests are taken and dealt with in time',
        response: { 200: readinessSchema.describe('Ready'), 503: readinessSchema.describe('Not ready') },
      },
    },
    async (_, reply) => {
      const found = await readiness(parts);
      return reply.code(found.ready ? 200 : 503).send(found);
    },
  );
  const figures = z.string().describe('The text format of Prometheus');
  const schema = {
    operationId: 'readMetrics',
    summary: 'Figures',
    response: { 200: { description: 'Figures', content: { 'text/plain': { schema: figures } } } },
  };
  api.get('/metrics', { schema }, async (_, reply) => {
    const text = await metrics.text();
    return reply
      .type(metrics.contentType)
      .serializer((body: string) => body)
      .send(text);
  });
}
