import { setImmediate as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Offer, Offered } from '../desk/configuration.ts';
import type { Desk } from '../desk/desk.ts';
import { examine } from '../desk/doctor/checks.ts';
import type { Finding } from '../desk/doctor/finding.ts';
import type { AppliedRevisions } from '../desk/revisions.ts';
import type { Actor } from '../journal/actor.ts';
import type { Store } from '../ports/store.ts';
import type { Hub } from './page/hub.ts';
import type { PagerHub } from './pager/hub.ts';

export type DoctorParts = {
  readonly desk: Desk;
  readonly setups: AppliedRevisions;
  readonly store: Pick<Store, 'installation' | 'copier'>;
  readonly hub: Hub;
  readonly pagers: PagerHub;
  /** Types of methods that this release can ring. */
  readonly ringing: readonly string[];
  /** Applies a configuration in the running process. */
  readonly apply: (offer: Offer, author: Actor) => Promise<Offered>;
};

/** The revision in force, as the process has it. */
export type InForce = { readonly revision: number; readonly text: string };
/** What became of a configuration that was handed over. */
export type Applied = {
  readonly result: Offered['result'];
  readonly revision: number;
  readonly lines: readonly string[];
};

/** What `doctor` and `config` of the command line ask. To be added to the routes of `createAdmin`. */
export function doctorRoutes(app: FastifyInstance, parts: DoctorParts): void {
  const { setups } = parts;
  app.get('/doctor', async () => ({ findings: await findings(parts) }));
  app.get('/configuration', async (): Promise<InForce> => inForce(setups));
  app.post<{ Body: unknown }>('/configuration', async ({ body }, reply) => {
    const { text, user, before } = fieldsOf(body);
    if (typeof text !== 'string' || !setups.canRead(text)) return reply.code(400).send({ error: 'invalid' });
    // What somebody agreed to is the difference that he was shown, and no other.
    if (before !== setups.newest()) return reply.code(409).send({ error: 'changed_meanwhile' });
    const author: Actor = { kind: 'shell', user: typeof user === 'string' && user !== '' ? user : 'unknown' };
    const offered = await parts.apply({ text }, author);
    const lines = offered.result === 'unapplied' ? offered.unapplied.lines : [];
    return { result: offered.result, revision: setups.newest(), lines } satisfies Applied;
  });
}

function findings({ desk, setups, store, hub, pagers, ringing }: DoctorParts): Promise<readonly Finding[]> {
  return examine({
    reading: { register: desk.store, installation: store.installation.id, pause: () => pause() },
    desks: setups.desks(),
    now: desk.clock.now(),
    ownBackups: store.copier !== undefined,
    scheduled: setups.config()?.backup?.folder !== undefined,
    ringing,
    reach: { pager: (officer) => pagers.isListening(officer), board: (id) => hub.isRead([id]) },
  });
}

function inForce(setups: AppliedRevisions): InForce {
  return { revision: setups.newest(), text: setups.inForce()?.text ?? '' };
}

function fieldsOf(body: unknown): Readonly<Partial<Record<'text' | 'user' | 'before', unknown>>> {
  return typeof body === 'object' && body !== null ? body : {};
}
