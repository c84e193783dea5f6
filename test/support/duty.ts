import type { Instant } from '../../rota/instant.ts';
import { instant, MINUTE } from '../../rota/instant.ts';
import { parseConfig } from '../../src/config/read.ts';
import { act } from '../../src/desk/act.ts';
import type { Said } from '../../src/desk/command-of.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { desksOf } from '../../src/desk/from-config.ts';
import type { Incoming, Origin } from '../../src/desk/incoming.ts';
import { receive } from '../../src/desk/receive.ts';
import type { Card, Channel } from '../../src/ports/channel.ts';
import type { Method, PageMessage, SendResult } from '../../src/ports/method.ts';
import type { CommandType } from '../../src/request/command.ts';
import type { Message } from '../../src/request/message.ts';
import { countedChance } from './chance.ts';
import { Crank, SetClock } from './crank.ts';
import { memoryStore } from './memory-store.ts';
import { fixedSetups } from './setups.ts';

/** Tuesday night, outside duty hours: 02:00 at the desk. */
export const NIGHT = instant('2026-06-02T00:00:00Z');

const METHODS = { pager: '{ type: pager }', sms: '{ type: sms, address: "+15550101" }' };

type Begin = {
  readonly now?: Instant;
  readonly officers?: readonly string[];
  /** Of every officer, in this order; in an emergency all ring at once. */
  readonly methods?: readonly (keyof typeof METHODS)[];
};

/** A whole desk on a set clock: real rules, use cases and engine, an in-memory store, methods that do as they are told. */
export class Duty {
  readonly desk: Desk;
  readonly crank: Crank;
  readonly clock: SetClock;
  readonly pages: (PageMessage & { readonly type: string })[] = [];
  readonly cards: Card[] = [];
  readonly faults: unknown[] = [];
  /** How a method answers; handed over unless told otherwise. */
  answer: (page: PageMessage, type: string) => SendResult | Promise<SendResult> = () => ({ result: 'handed_over' });

  private constructor(desk: Desk, crank: (duty: Duty) => Crank, clock: SetClock) {
    this.desk = desk;
    this.clock = clock;
    this.crank = crank(this);
  }

  static async begin(desks: string, options: Begin = {}): Promise<Duty> {
    const { now = NIGHT, officers = ['ana', 'dan', 'eva'], methods = ['pager'] } = options;
    const clock = new SetClock(now);
    const store = await memoryStore(clock);
    const list = methods.map((type) => METHODS[type]).join(', ');
    const people = officers.map((id) => `  - { id: ${id}, name: ${id} Example, methods: [${list}] }`).join('\n');
    const read = parseConfig(`officers:\n${people}\ndesks:\n${desks}`, 'tocsin.yaml', { tokens: {} });
    if (!read.ok) throw new Error(JSON.stringify(read.faults, undefined, 1));
    for (const officer of read.config.officers) {
      await store.seedMethods(
        undefined,
        officer.methods.map((method) => ({ ...method, verified: true })),
      );
    }
    const setups = fixedSetups(desksOf(read.config), read.config.limits);
    const desk: Desk = { store, setups, clock, chance: countedChance('duty'), key: store.installation.key };
    const crank = (duty: Duty) =>
      new Crank({
        desk,
        queue: store,
        clock,
        methods: new Map(['pager', 'sms', 'channel'].map((type) => [type, duty.#method(type)])),
        channels: new Map([['page', duty.#channel()]]),
        by: { node: 'n', boot: 'b' },
        onFault: (error) => duty.faults.push(error),
      });
    return new Duty(desk, crank, clock);
  }

  #method(type: string): Method {
    return {
      type,
      timeout: MINUTE,
      send: async (page) => {
        this.pages.push({ ...page, type });
        return this.answer(page, type);
      },
    };
  }

  #channel(): Channel {
    return {
      id: 'page',
      disclosure: 'full',
      show: async (card) => {
        this.cards.push(card);
        return {};
      },
      say: async () => undefined,
    };
  }

  /** Hands a message in and lets what follows from it happen. */
  async receive(message: Partial<Message> = {}, incoming: Partial<Incoming> = {}, origin: Partial<Origin> = {}) {
    const id = this.desk.chance.id();
    const received = await receive(
      this.desk,
      { ...ORIGIN, ...origin },
      {
        id,
        message: { sender: {}, items: {}, identifiers: [], ...message },
        attachments: [],
        kindChosenBy: message.kind === undefined ? 'nobody' : 'source',
        nature: 'request',
        notes: [],
        bodySha256: id,
        overRate: false,
        ...incoming,
      },
    );
    await this.crank.settle();
    return received;
  }

  /** The same, for a message that must become a request. */
  async request(message: Partial<Message> = {}, incoming: Partial<Incoming> = {}, origin: Partial<Origin> = {}) {
    const received = await this.receive(message, incoming, origin);
    if (!('request' in received)) throw new Error(received.result);
    return received.request;
  }

  async act(id: string, type: CommandType, by: string, said: Said = {}) {
    const result = await act(this.desk, id, type, said, by);
    await this.crank.settle();
    return result;
  }

  async state(id: string) {
    const row = await this.desk.store.request(id);
    if (row === undefined) throw new Error(`no request ${id}`);
    return row.state;
  }

  /** Lets so many minutes pass. */
  async pass(minutes: number): Promise<void> {
    await this.crank.advance(this.clock.now() + minutes * MINUTE);
  }

  /** `officer method`, in the order in which they were rung; channels as `#channel`, without what is told of clocks. */
  rung(): string[] {
    return this.pages
      .filter(({ type, reason }) => type !== 'channel' || reason !== 'clock')
      .map(({ officer, type, address }) => (type === 'channel' ? `#${address}` : `${officer} ${type}`));
  }

  async types(stream: string): Promise<string[]> {
    return (await this.desk.store.entries(stream, 1, 1000)).map(({ type }) => type.replace('/1', ''));
  }
}

export const ORIGIN: Origin = {
  desk: 'ncp',
  source: 'ncb',
  known: true,
  mayTest: true,
  verification: { how: 'token', by: 'NCB Example' },
  actor: { kind: 'source', source: 'ncb' },
};

/** On duty from Monday to Monday: dan this week, then eva, then ana. Ana is the head. */
export const NCP = `
  - id: ncp
    name: National contact point
    time_zone: Europe/Bucharest
    duty_hours: [{ days: [MO, TU, WE, TH, FR], from: "08:00", to: "16:00" }]
    officers: [{ id: ana, role: head }, dan, eva]
    rota: { type: weekly, start: 2026-06-01, handover: { weekday: MO, time: "08:00" }, order: [dan, eva, ana] }
`;
