import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Duration, SECOND } from '../../rota/instant.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { IntakeObserver } from './intake/parts.ts';

/** The figures of one process. Labels are names that the configuration or the code knows: never anything of a case. */
export type Metrics = {
  readonly intake: IntakeObserver;
  /** Fits the engine's dispatcher. */
  readonly deliveries: {
    handedOver(methodType: string, lateness: Duration): void;
    failed(methodType: string, kind: 'temporary' | 'permanent' | 'unknown', code: string): void;
    fault(error: unknown): void;
  };
  /** Fits the engine's alarms. */
  readonly alarms: { rang(kind: string, lateness: Duration): void; fault(error: unknown): void };
  /** The store could not answer. */
  storeFault(): void;
  /** `elapsed` in milliseconds. */
  answered(method: string, route: string, status: number, elapsed: number): void;
  readonly contentType: string;
  text(): Promise<string>;
};

const LATENESS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 300];
const ANSWERING = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/**
 * `openRequests` counts what nobody has acknowledged yet, whenever somebody asks for the figures; `backupAge` is how long
 * ago the newest backup was made, undefined where there is none.
 */
export function createMetrics(
  openRequests: () => Promise<number>,
  backupAge: () => Promise<Duration | undefined> = async () => undefined,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'tocsin_' });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `tocsin_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[]) =>
    new Histogram({ name: `tocsin_${name}`, help, buckets, labelNames, registers });

  const received = counter('requests_total', 'Messages of senders', ['result', 'source', 'urgency']);
  const deliveries = counter('deliveries_total', 'Attempts to page', ['method', 'result']);
  const pageLateness = histogram('page_lateness_seconds', 'Due to handed over', LATENESS, ['method']);
  const alarmLateness = histogram('alarm_lateness_seconds', 'Due to rung', LATENESS, ['kind']);
  const answers = histogram('http_seconds', 'Time to answer', ANSWERING, ['method', 'route', 'status']);
  const storeFaults = counter('store_faults_total', 'Times that the store could not answer');
  const faults = counter('faults_total', 'Faults of ours', ['work']);
  new Gauge({
    name: 'tocsin_open_requests',
    help: 'Requests that nobody has acknowledged',
    registers,
    async collect() {
      this.set(await openRequests());
    },
  });
  new Gauge({
    name: 'tocsin_backup_age_seconds',
    help: 'Since the newest backup was made; infinite where there is none',
    registers,
    async collect() {
      const age = await backupAge();
      this.set(age === undefined ? Number.POSITIVE_INFINITY : age / SECOND);
    },
  });

  const fault = (work: string) => (error: unknown) => {
    if (error instanceof StoreUnavailable) storeFaults.inc();
    else faults.inc({ work });
  };
  return {
    intake: { received: (result, source, urgency) => received.inc({ result, source, urgency }) },
    deliveries: {
      handedOver: (method, lateness) => {
        deliveries.inc({ method, result: 'handed_over' });
        pageLateness.observe({ method }, lateness / SECOND);
      },
      failed: (method, result) => deliveries.inc({ method, result }),
      fault: fault('delivery'),
    },
    alarms: {
      // `escalation@night` names a desk; the kind alone says enough.
      rang: (kind, lateness) => alarmLateness.observe({ kind: kind.split('@')[0] ?? '' }, lateness / SECOND),
      fault: fault('alarm'),
    },
    storeFault: () => storeFaults.inc(),
    answered: (method, route, status, elapsed) =>
      answers.observe({ method, route, status: String(status) }, elapsed / SECOND),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
