import { type Instant, MINUTE } from '../../rota/instant.ts';
import { act } from '../../src/desk/act.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { receive } from '../../src/desk/receive.ts';
import type { Card, Channel } from '../../src/ports/channel.ts';
import type { Method } from '../../src/ports/method.ts';
import type { Store } from '../../src/ports/store.ts';
import type { CommandType } from '../../src/request/command.ts';
import { countedChance } from '../support/chance.ts';
import { Crank, SetClock } from '../support/crank.ts';
import { fixedSetups } from '../support/setups.ts';
import type { CaseEvent, EscalationCase, Played, SeenNotice } from './case.ts';
import { BYSTANDER, DESK, deskOf, firstPolicy, methodsOf, T0, wordOf } from './case-desk.ts';
import { type Ringing, ringingsOf } from './ringings.ts';

type Attempt = {
  readonly at: Instant;
  readonly who: string;
  readonly method: string;
  readonly shortId: string;
  readonly count: number;
};

/** Plays a case through the real rules, use cases and engine, on a set clock with fake providers. */
export async function play(one: EscalationCase, openStore: (clock: SetClock) => Promise<Store>): Promise<Played> {
  const clock = new SetClock(T0);
  const store = await openStore(clock);
  try {
    const stage = await Stage.set(one, store, clock);
    let down = false;
    const held: CaseEvent[] = [];
    for (const event of [...one.events].sort((a, b) => a.t - b.t)) {
      if (down) clock.set(T0 + event.t * MINUTE);
      else await stage.advance(event.t);
      if (event.type === 'up') for (const late of held.splice(0)) await stage.happen(late);
      if (event.type === 'down' || event.type === 'up') down = event.type === 'down';
      else if (down && event.type !== 'provider_hard_fail') held.push(event);
      else await stage.happen(event);
      if (!down) await stage.settle();
    }
    if (!down) await stage.advance(one.horizon_min);
    return await stage.seen();
  } finally {
    await store.close();
  }
}

class Stage {
  readonly #desk: Desk;
  readonly #store: Store;
  readonly #crank: Crank;
  readonly #clock: SetClock;
  readonly #one: EscalationCase;
  readonly #attempts: Attempt[];
  readonly #cards: { at: Instant; channel: string; card: Card }[];
  /** Request ids by the names of the case; one that joined another has the other's. */
  readonly #requests = new Map<string, string>();
  readonly #refusals: { user: string; method?: string | undefined; until: Instant }[] = [];

  private constructor(one: EscalationCase, store: Store, clock: SetClock) {
    this.#one = one;
    this.#store = store;
    this.#clock = clock;
    this.#attempts = [];
    this.#cards = [];
    const chance = countedChance(one.id);
    const setup = deskOf(one);
    this.#desk = { store, setups: fixedSetups([setup]), clock, chance, key: store.installation.key };
    const channels = new Map(setup.channels.map(({ id }) => [id, this.#channel(id)]));
    const types = new Set(['channel', ...methodsOf(one).map(({ type }) => type)]);
    this.#crank = new Crank({
      desk: this.#desk,
      queue: store,
      clock,
      methods: new Map([...types].map((type) => [type, this.#provider(type)])),
      channels,
      by: { node: 'n', boot: 'b' },
      onFault: (error, work) => {
        throw new Error(`${one.id}: ${work}`, { cause: error });
      },
    });
  }

  static async set(one: EscalationCase, store: Store, clock: SetClock): Promise<Stage> {
    await store.seedMethods(undefined, methodsOf(one));
    return new Stage(one, store, clock);
  }

  advance(minute: number): Promise<void> {
    return this.#crank.advance(T0 + minute * MINUTE);
  }

  settle(): Promise<void> {
    return this.#crank.settle();
  }

  async happen(event: CaseEvent): Promise<void> {
    switch (event.type) {
      case 'request':
        return this.#receive(event);
      case 'ack':
        return this.#act(event.request, 'acknowledge', event.by);
      case 'close':
        await this.#act(event.request, 'no_further_action', event.by);
        return this.#act(event.request, 'close', event.by);
      case 'escalate':
        return this.#act(
          event.request ?? this.#one.events.flatMap((e) => ('request' in e ? (e.request ?? []) : []))[0] ?? '',
          'escalate',
          event.by ?? BYSTANDER,
        );
      case 'reassign':
        return this.#act(event.request, 'change_policy', BYSTANDER, { policy: event.policy });
      case 'provider_hard_fail':
        this.#refusals.push({
          user: event.user,
          method: event.method,
          until: event.until === undefined ? Number.POSITIVE_INFINITY : T0 + event.until * MINUTE,
        });
    }
  }

  async #receive(event: Extract<CaseEvent, { type: 'request' }>): Promise<void> {
    const id = this.#desk.chance.id();
    const origin = {
      desk: DESK,
      source: 'source',
      known: true,
      mayTest: false,
      verification: { how: 'token', by: 'source' },
      actor: { kind: 'source', source: 'source' },
    } as const;
    const received = await receive(this.#desk, origin, {
      id,
      message: {
        kind: 'other',
        sender: {},
        items: {},
        identifiers: [],
        subject: wordOf(event.policy ?? firstPolicy(this.#one)),
        ...(event.dedup === undefined ? {} : { ownReference: `reference ${event.dedup}` }),
      },
      attachments: [],
      kindChosenBy: 'source',
      nature: 'request',
      notes: [],
      bodySha256: id,
      overRate: false,
    });
    if (!('request' in received)) throw new Error(`${event.request} was not taken: ${received.result}`);
    this.#requests.set(event.request, received.request.id);
  }

  async #act(request: string, type: CommandType, by: string, said: Record<string, string> = {}): Promise<void> {
    const id = this.#requests.get(request);
    if (id === undefined) throw new Error(`the case has no request ${request} yet`);
    const result = await act(this.#desk, id, type, said, by);
    // What a case does twice (a second acknowledgement) is refused with words, and changes nothing.
    if (!result.ok && result.why !== 'refused') throw new Error(`${type} of ${request} by ${by}: ${result.why}`);
  }

  #provider(type: string): Method {
    return {
      type,
      timeout: MINUTE,
      send: async ({ address, shortId, requests }) => {
        const at = this.#clock.now();
        const who = type === 'channel' ? `#${address}` : address;
        this.#attempts.push({ at, who, method: type, shortId, count: requests });
        const refused = this.#refusals.some(
          ({ user, method, until }) => user === who && (method ?? type) === type && at < until,
        );
        return refused ? { result: 'permanent', code: 'refused' } : { result: 'handed_over' };
      },
    };
  }

  #channel(id: string): Channel {
    return {
      id,
      disclosure: 'summary',
      show: async (card) => {
        this.#cards.push({ at: this.#clock.now(), channel: id, card });
        return { ref: card.requestId };
      },
      say: async () => undefined,
    };
  }

  async seen(): Promise<Played> {
    const names = new Map([...this.#requests].reverse().map(([name, id]) => [id, name]));
    const rows = await Promise.all([...names.keys()].map((id) => this.#store.request(id)));
    const ringings = await this.#ringings([...names.keys()]);
    const pages = await Promise.all(this.#attempts.map((attempt) => this.#pagesOf(attempt, names, ringings)));
    return {
      pages: pages.flat(),
      notices: noticesOf(this.#cards),
      states: Object.fromEntries(
        [...this.#requests].map(([name, id]) => [name, stateOf(rows.find((row) => row?.id === id)?.status)]),
      ),
      bundles: this.#attempts
        .filter(({ count }) => count > 1)
        .map(({ who, method, count }) => `${count} pages to ${who} by ${method}`),
    };
  }

  async #pagesOf(
    { at, who, method, shortId }: Attempt,
    names: ReadonlyMap<string, string>,
    ringings: readonly Ringing[],
  ): Promise<Played['pages']> {
    const found = await this.#store.byShortId(shortId);
    return (found?.requests ?? []).flatMap((id) => {
      const rung = ringings.filter(
        (one) => one.request === id && one.who === who && one.method === method && one.at <= at,
      );
      const round = rung.at(-1)?.round ?? 0;
      return round === 'notice' ? [] : [{ t: (at - T0) / MINUTE, who, method, request: names.get(id) ?? id, round }];
    });
  }

  /** Who was ordered to be rung by which round, read from the journal. */
  async #ringings(ids: readonly string[]): Promise<readonly Ringing[]> {
    const streams = await Promise.all(ids.map((id) => this.#store.entries(`request/${id}`, 1, 100_000)));
    return streams.flatMap((entries, index) =>
      entries.flatMap((entry) => ringingsOf(ids[index] ?? '', JSON.parse(entry.body))),
    );
  }
}

function noticesOf(cards: readonly { at: Instant; channel: string; card: Card }[]): readonly SeenNotice[] {
  const first = new Set<string>();
  return cards.map(({ at, channel, card }) => {
    const isNew = !first.has(`${channel} ${card.requestId}`);
    first.add(`${channel} ${card.requestId}`);
    const about = isNew ? 'created' : ABOUT[card.status];
    return { t: (at - T0) / MINUTE, to: `#${channel}`, about };
  });
}

const ABOUT = { open: 'escalated', acknowledged: 'acked', concluded: 'closed', closed: 'closed' } as const;

function stateOf(status: string | undefined): 'open' | 'acked' | 'closed' {
  if (status === 'open') return 'open';
  return status === 'acknowledged' ? 'acked' : 'closed';
}
