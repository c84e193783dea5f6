import type { MethodSeed } from '../config/config.ts';
import type { Actor } from '../journal/actor.ts';
import type { People } from '../ports/people.ts';
import type { Revision } from '../ports/revisions.ts';
import type { Desk } from './desk.ts';
import { handOverFrom, successorIn, takeFromNobody } from './leavers.ts';
import { handOverDuty } from './leavers-duty.ts';
import { refusedChanges } from './refused-changes.ts';
import type { AppliedRevisions, ReadRevision } from './revisions.ts';
import { armRota } from './rota-event.ts';

/**
 * Why the file is not what runs: it has faults, it may not follow the revision in force (it would leave an officer's
 * requests to nobody), or it is not there. One line for each thing that somebody has to mend.
 */
export type Unapplied = { readonly why: 'faulty' | 'refused' | 'missing'; readonly lines: readonly string[] };

/** What somebody wants to run: the text of a configuration without faults, or why there is none. */
export type Offer = { readonly text: string } | Unapplied;

export type Offered =
  | { readonly result: 'applied'; readonly revision: Revision; readonly before: Revision | undefined }
  | { readonly result: 'same'; readonly revision: Revision }
  | { readonly result: 'unapplied'; readonly unapplied: Unapplied };

type Parts = {
  readonly desk: Desk;
  readonly people: People;
  readonly setups: AppliedRevisions;
  readonly read: ReadRevision;
};

/** The configuration in force, and what became of the one that was offered last. */
export class Configuration {
  readonly #parts: Parts;
  #unapplied: Unapplied | undefined;
  /** The revision that the rotas, methods and handovers were made ready for. */
  #ready = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Why the file that was offered last does not run; undefined when it does. */
  unapplied(): Unapplied | undefined {
    return this.#unapplied;
  }

  /**
   * Applies what is offered as the next revision, unless it is the one in force. What must not be applied changes nothing:
   * the desk runs on. Of two offers at a time the second waits. Throws when the store cannot answer; offered again it
   * goes on from there.
   */
  offer(offer: Offer, author: Actor): Promise<Offered> {
    const turn = this.#last.then(() => this.#offer(offer, author));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #offer(offer: Offer, author: Actor): Promise<Offered> {
    const offered = await this.#apply(offer, author);
    this.#unapplied = offered.result === 'unapplied' ? offered.unapplied : undefined;
    const { setups } = this.#parts;
    // A revision that was applied but not made ready (the store went away in between) is made ready by the next offer.
    if (this.#ready !== setups.newest()) await makeReady(this.#parts);
    this.#ready = setups.newest();
    return offered;
  }

  async #apply(offer: Offer, author: Actor): Promise<Offered> {
    const { desk, setups, read } = this.#parts;
    const before = await setups.refresh();
    if (!('text' in offer)) return { result: 'unapplied', unapplied: offer };
    const running = setups.config();
    const lines =
      running === undefined ? [] : await refusedChanges(desk.store, running, read(offer.text).config, desk.clock.now());
    if (lines.length > 0) return { result: 'unapplied', unapplied: { why: 'refused', lines } };
    const revision = await setups.apply(offer.text, author, desk.clock.now());
    return revision.number === before?.number ? { result: 'same', revision } : { result: 'applied', revision, before };
  }
}

/**
 * What a new revision may bring: methods of officers who have none, a rota event for each desk, somebody who left. That is
 * looked at after it was applied: whatever was taken or changed until then is handed over too.
 */
async function makeReady({ desk, people, setups }: Parts): Promise<void> {
  const { officers = [], desks = [], left = [] } = setups.config() ?? {};
  // Who writes the file vouches for the numbers in it.
  const vouched = (methods: readonly MethodSeed[]) => methods.map((method) => ({ ...method, verified: true }));
  for (const { methods } of officers) await people.seedMethods(undefined, vouched(methods));
  for (const { id, dutyMethods } of desks) await people.seedMethods(id, vouched(dutyMethods));
  for (const setup of setups.desks()) {
    const members = setup.officers.map(({ id }) => id);
    await handOverDuty(desk, setup, (officer) => successorIn(left, officer, members));
    await armRota(desk, setup);
  }
  await handOverFrom(desk, left);
  await takeFromNobody(desk);
}
