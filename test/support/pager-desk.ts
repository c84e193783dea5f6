import { MINUTE } from '../../rota/instant.ts';
import { act } from '../../src/desk/act.ts';
import { requestStream } from '../../src/journal/stream.ts';
import type { Message } from '../../src/request/message.ts';
import { drawShortIds } from '../../src/request/short-id.ts';
import type { RequestState } from '../../src/request/state.ts';
import { rank } from '../../src/request/urgency.ts';
import { PagerMethod } from '../../src/web/pager/method.ts';
import { EventReader } from './event-reader.ts';
import { type PageDesk, pageDesk, showOn, type Visitor } from './page-desk.ts';

const never = new AbortController().signal;

/** An event as the script of a pager gets it. */
export type Told = { readonly event: string | undefined } & Readonly<Record<string, unknown>>;

/** The fictional desk, and Dan with pagers that ring when the test says so. */
export class PagerDesk {
  readonly house: PageDesk;
  readonly dan: Visitor;
  readonly #address: string;
  readonly #opened: EventReader[] = [];

  private constructor(house: PageDesk, dan: Visitor, address: string) {
    this.house = house;
    this.dan = dan;
    this.#address = address;
  }

  static async open(): Promise<PagerDesk> {
    const house = await pageDesk();
    return new PagerDesk(house, await house.signIn('dan'), await house.listen());
  }

  async close(): Promise<void> {
    for (const events of this.#opened.splice(0)) events.close();
    await this.house.close();
  }

  /** A pager that has just connected; what it gives are the events from then on. */
  async pager(who = this.dan): Promise<() => Promise<Told>> {
    const events = await EventReader.open(`${this.#address}/pager/events`, { cookie: who.cookie });
    this.#opened.push(events);
    const next = async () => {
      const event = await events.next();
      return { event: event?.event, ...(JSON.parse(event?.data ?? '{}') as Record<string, unknown>) };
    };
    const first = await next();
    if (first.event !== 'hello') throw new Error(`expected a hello, not ${first.event}`);
    return next;
  }

  /** A request of which nothing rings by itself. */
  async request(message: Partial<Message> = {}): Promise<RequestState> {
    const state = await this.house.receive({ urgency: 'urgent', ...message });
    const stream = requestStream(state.id);
    const at = this.house.clock.now();
    await this.house.store.step(stream, (step) => step.save({ stream, at, entries: [], cancelPages: true }));
    return state;
  }

  /** Rings Dan for these requests: one alone, or several as a bundle. What it rang as. */
  async ring(...states: readonly RequestState[]): Promise<{ readonly shortId: string; readonly id: string }> {
    const { store, desk, clock } = this.house;
    const at = clock.now();
    for (const { id: requestId, shortId, urgency } of states) {
      const stream = requestStream(requestId);
      const names = { officer: 'dan', methodId: 'dan/pager', methodType: 'pager', address: 'dan', reason: 'step' };
      const times = { dueAt: at, giveUpAt: at + MINUTE };
      const page = { id: desk.chance.id(), desk: 'ncp', requestId, kind: 'page', urgency, shortId } as const;
      const delivery = { ...page, ...names, ...times, rank: rank(urgency), bundleable: true };
      await store.step(stream, (step) => step.save({ stream, at, entries: [], deliveries: [delivery] }));
    }
    const [claim] = await this.claims();
    if (claim === undefined) throw new Error('nothing was claimed');
    const [{ id, shortId, urgency, reason, attempt }] = claim.deliveries;
    const named = { id, shortId, ...claim.bundle };
    const page = { ...named, officer: 'dan', address: 'dan', attempt, urgency, reason, at, requests: states.length };
    void new PagerMethod(this.house.pagers).send(page, never);
    return named;
  }

  /** Claims everything that is due, as the engine does. */
  claims() {
    const { store, desk, clock } = this.house;
    const ids = { id: desk.chance.id, shortIds: () => drawShortIds(desk.chance.bytes, 0) };
    return store.claimDeliveries({ node: 'n', boot: 'b' }, clock.now(), 99, ids);
  }

  /** The officer acknowledges it elsewhere. */
  async takes(officer: string, state: RequestState): Promise<void> {
    await act(this.house.desk, state.id, 'acknowledge', {}, officer);
    await showOn(this.house.hub, 'page', state);
  }

  /** The head makes it an emergency, and again nothing rings by itself. */
  async raise({ id }: RequestState): Promise<void> {
    const { desk, store, clock } = this.house;
    const result = await act(desk, id, 'raise', { to: 'emergency', text: 'a life is at risk' }, 'ana');
    if (!result.ok) throw new Error(result.why);
    const stream = requestStream(id);
    await store.step(stream, (step) => step.save({ stream, at: clock.now(), entries: [], cancelPages: true }));
  }

  /** Short ids of what rings for Dan. */
  ringing(): readonly string[] {
    return this.house.pagers.ringing('dan').map(({ shortId }) => shortId);
  }
}
