import { type Instant, MINUTE, SECOND } from '../../rota/instant.ts';
import type { DutyResult } from '../../src/desk/change-duty.ts';
import type { Received } from '../../src/desk/incoming.ts';
import type { Chance } from '../../src/ports/chance.ts';
import { type MemoryStore, openMemoryStore } from '../../src/store/memory/store.ts';
import type { RowChange } from '../../src/store/memory/table.ts';
import { Tables } from '../../src/store/memory/tables.ts';
import { SetClock } from '../support/crank.ts';
import { fixedSetups } from '../support/setups.ts';
import { Agenda, agendaTimers } from './agenda.ts';
import { BrokenPromise } from './checker/broken-promise.ts';
import { Checker } from './checker/checker.ts';
import { boundsOf, DUTY_METHODS, desksOf, LIMITS, MAIN, METHODS } from './desks.ts';
import type { Fault } from './faults.ts';
import { type Blow, Crash, Gate } from './gate.ts';
import { House, rest } from './house.ts';
import { Officers } from './officers.ts';
import { Pager } from './pager.ts';
import { type Plan, planYear } from './plan.ts';
import { chanceFrom, Random } from './random.ts';
import { Senders } from './senders.ts';
import { commitOf, ledgerOver } from './tables-ledger.ts';
import { Tally } from './tally.ts';
import { Trace } from './trace.ts';
import { Weather } from './weather.ts';

export type YearOptions = {
  readonly seed: number;
  readonly fault?: Fault;
  /** Ends after this step. */
  readonly until?: number;
};

/** What was found: a promise by its number, or an error that nobody expected. */
export type Finding = {
  readonly promise: number | undefined;
  readonly shortId: string | undefined;
  readonly what: string;
  readonly step: number;
};

export type Played = { readonly tally: Tally; readonly trace: readonly string[]; readonly finding?: Finding };

/** The engine looks at least so often, whatever it has been told. */
const LONGEST_SLEEP = SECOND;
/** A blow that meets nothing to strike at falls anyway. */
const PATIENCE = 20 * MINUTE;
/** Points that are counted by a name of their own. */
const WHERE: Readonly<Record<string, string>> = {
  'at rest': 'at rest',
  commit: 'before a commit',
  committed: 'after a commit',
  answer: 'before the answer',
  claimed: 'between claim and send',
  send: 'between claim and send',
  sent: 'between send and outcome',
};
/** After so many deaths everything is looked at, touched or not. */
const SWEEP_EACH = 10;

/** Plays one year of duty with all that its seed brings, and checks the promises after every step. */
export function playYear(options: YearOptions): Promise<Played> {
  return new Year(options).play();
}

class Year {
  readonly #options: YearOptions;
  readonly #random: Random;
  readonly #plan: Plan;
  readonly #clock: SetClock;
  readonly #chance: Chance;
  readonly #agenda = new Agenda();
  readonly #tables = new Tables();
  readonly #tally = new Tally();
  readonly #trace = new Trace();
  readonly #setups: ReturnType<typeof fixedSetups>;
  readonly #officers: Officers;
  readonly #senders: Senders;
  readonly #pager: Pager;
  #checker: Checker | undefined;
  #store: MemoryStore | undefined;
  #gate: Gate;
  #house: House | undefined;
  #boots = 0;
  #steps = 0;
  /** The step after the last one that was asked for has begun. */
  #isOver = false;
  #finding: Finding | undefined;

  constructor(options: YearOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#plan = planYear(this.#random.fork('plan'));
    const { span, year, nightHandover, busy } = this.#plan;
    this.#clock = new SetClock(span.start);
    this.#chance = chanceFrom(this.#random.fork('ids'));
    this.#setups = fixedSetups(desksOf(year, nightHandover), LIMITS);
    this.#gate = new Gate(() => undefined);
    const outside = {
      now: () => this.#clock.now(),
      after: (wait: number, run: () => void) => void this.#agenda.note(this.#clock.now() + wait, run),
      ask: <T>(question: (house: House) => Promise<T>, heard?: (answer: T) => void) => this.#ask(question, heard),
      did: (type: string, result: string) =>
        result === 'done' ? this.#tally.count('acts', type) : this.#tally.count('refusals', result),
    };
    this.#officers = new Officers({ ...outside, random: this.#random.fork('officers') });
    this.#senders = new Senders({
      outside: { ...outside, random: this.#random.fork('senders') },
      officers: this.#officers,
      newId: this.#chance.id,
      answered: (received) => this.#answered(received),
    });
    const weather = this.#random.fork('weather');
    this.#pager = new Pager({
      agenda: this.#agenda,
      clock: this.#clock,
      random: weather,
      weather: new Weather(weather, span, busy),
      ring: (page, type) => {
        this.#tally.count('rung', type);
        this.#officers.rung(page);
      },
    });
  }

  async play(): Promise<Played> {
    await this.#begin();
    this.#noteAll();
    const { end } = this.#plan.span;
    while (this.#finding === undefined && !this.#isOver) {
      for (const run of this.#agenda.due(this.#clock.now())) this.#guarded(run);
      await rest();
      const due = await this.#house?.work();
      const next = this.#nextMoment(due);
      if (next >= end) break;
      this.#passTo(next);
    }
    if (!this.#isOver) this.#guarded(() => this.#checker?.sweep(this.#clock.now()));
    this.#tally.end(this.#tables, this.#clock.now());
    this.#tally.count('', 'checks', this.#checker?.checks ?? 0);
    const finding = this.#finding === undefined ? {} : { finding: this.#finding };
    return { tally: this.#tally, trace: this.#trace.lines(), ...finding };
  }

  async #begin(): Promise<void> {
    const { start, end } = this.#plan.span;
    this.#store = await openMemoryStore({
      now: () => this.#clock.now(),
      newId: this.#chance.id,
      random: this.#chance.bytes,
      tables: this.#tables,
      between: (point) => this.#gate.pass(point),
      onCommit: (changes) => this.#committed(changes),
    });
    await this.#store.seedMethods(undefined, METHODS);
    await this.#store.seedMethods(MAIN, DUTY_METHODS);
    this.#checker = new Checker(ledgerOver(this.#tables), boundsOf(this.#setups.desks(), start, end));
    await this.#start();
  }

  #noteAll(): void {
    const { requests, changes, blows, nights } = this.#plan;
    for (const { at, wanted, isReply } of requests) {
      this.#agenda.note(at, () => (isReply ? this.#senders.sendReply(wanted) : this.#senders.send(wanted)));
    }
    for (const { at, desk, wanted, by } of changes) {
      const heard = (result: DutyResult) => this.#tally.dutyChanged(result);
      this.#agenda.note(at, () => this.#ask((house) => house.changeDuty(desk, wanted, by), heard));
    }
    for (const { at, blow } of blows) this.#agenda.note(at, () => this.#strike(blow));
    for (const [name, count] of Object.entries(nights)) this.#tally.count('nights', name, count);
  }

  /** When anything happens next. What is due and was not done is tried again a moment later. */
  #nextMoment(due: Instant = Number.POSITIVE_INFINITY): Instant {
    const now = this.#clock.now();
    const engine = due > now ? due : now + LONGEST_SLEEP;
    return Math.min(engine, this.#agenda.next ?? Number.POSITIVE_INFINITY);
  }

  #passTo(next: Instant): void {
    this.#guarded(() => this.#checker?.passed(next));
    this.#clock.set(next);
  }

  /** A process that starts may die while it starts. */
  async #start(): Promise<void> {
    const gate = new Gate((point) => this.#died(point));
    this.#gate = gate;
    this.#store = this.#boots === 0 ? this.#store : await this.#store?.reopen();
    if (this.#store === undefined) throw new Error('there is no store');
    const house = new House({
      store: this.#harmed(this.#store),
      setups: this.#setups,
      clock: this.#clock,
      chance: this.#chance,
      timers: agendaTimers(this.#agenda, this.#clock),
      methods: this.#pager.methods(),
      channels: new Map(
        this.#setups
          .desks()
          .flatMap(({ channels }) => channels.map(({ id, disclosure }) => [id, this.#pager.room(id, disclosure)])),
      ),
      by: { node: 'node', boot: `boot-${this.#boots++}` },
      gate,
      onFault: (error, work) => this.#found(error, work),
    });
    this.#house = house;
    this.#checker?.cameUp(this.#clock.now());
    await house.start().catch((error: unknown) => {
      if (!(error instanceof Crash)) this.#found(error, 'start');
    });
  }

  #harmed(store: MemoryStore) {
    const { fault } = this.#options;
    const harm = {
      random: this.#random.fork(`fault-${this.#boots}`),
      tables: this.#tables,
      now: this.#clock.now.bind(this.#clock),
    };
    return fault === undefined ? store : fault.harm(store, harm);
  }

  #strike(blow: Blow): void {
    const gate = this.#gate;
    if (gate.isDead) return void this.#agenda.note(this.#clock.now() + 3 * MINUTE, () => this.#strike(blow));
    gate.arm(blow);
    this.#agenda.note(this.#clock.now() + PATIENCE, () => gate.kill('at rest'));
  }

  #died(point: string): void {
    const now = this.#clock.now();
    this.#tally.count('crashes', WHERE[point] ?? 'between statements');
    this.#trace.note(now, () => `the process died at "${point}"`);
    this.#house?.die();
    this.#house = undefined;
    this.#checker?.wentDown();
    this.#agenda.note(now + this.#random.between(1, 120) * SECOND, async () => {
      this.#trace.note(this.#clock.now(), () => 'the process is started again');
      await this.#start();
      if (this.#boots % SWEEP_EACH === 0) this.#checker?.sweep(this.#clock.now());
    });
  }

  #ask<T>(question: (house: House) => Promise<T>, heard: (answer: T) => void = () => undefined): void {
    const again = () => {
      const wait = this.#random.between(5, 40) * SECOND;
      this.#agenda.note(this.#clock.now() + wait, () => this.#ask(question, heard));
    };
    const house = this.#house;
    const answer = house === undefined ? Promise.reject(new Crash('nobody is there')) : question(house);
    answer.then(heard).catch((error: unknown) => (error instanceof Crash ? again() : this.#found(error, 'a question')));
  }

  #answered(received: Received): void {
    this.#tally.count('answers', received.result);
    if ('request' in received) this.#checker?.answered(received.request.id);
  }

  #committed(changes: readonly RowChange[]): void {
    const commit = commitOf(this.#tables, changes, this.#clock.now());
    if (commit === undefined || this.#isOver || this.#checker === undefined) return;
    this.#isOver = this.#steps === this.#options.until;
    if (this.#isOver) return;
    this.#steps++;
    this.#tally.committed(commit);
    this.#trace.committed(this.#steps, commit);
    if (this.#steps === this.#options.until) this.#trace.end();
    this.#guarded(() => this.#checker?.committed(commit));
  }

  #guarded(run: () => unknown): void {
    try {
      const result = run();
      if (result instanceof Promise) result.catch((error: unknown) => this.#found(error, 'outside'));
    } catch (error) {
      this.#found(error, 'outside');
    }
  }

  /** The first finding ends the year. */
  #found(error: unknown, work: string): void {
    if (this.#finding !== undefined || error instanceof Crash) return;
    this.#trace.end();
    const step = this.#steps;
    if (error instanceof BrokenPromise) {
      this.#finding = { promise: error.promise, shortId: error.shortId, what: error.message, step };
    } else {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#finding = { promise: undefined, shortId: undefined, what: `${work}: ${what}`, step };
    }
  }
}
