import { MINUTE, rfc3339, SECOND } from '../../rota/instant.ts';
import { isQuiet, plan } from '../../src/paging/plan.ts';
import type { ContactMethod, Limits, OfficerRules, Policy } from '../../src/paging/policy.ts';
import type { PastPage, Team, World } from '../../src/paging/world.ts';
import { alarmsOf } from '../../src/request/alarms.ts';
import type { EntryData, PageData, RequestEntry } from '../../src/request/entries.ts';
import { evolve } from '../../src/request/evolve.ts';
import type { RequestState } from '../../src/request/state.ts';
import type { Urgency } from '../../src/request/urgency.ts';

export const T0 = Date.UTC(2026, 5, 1, 12);

export type People = {
  onDuty?: readonly string[];
  everyone?: readonly string[];
  head?: readonly string[];
  methods?: Readonly<Record<string, readonly string[]>>;
  rules?: Readonly<Record<string, OfficerRules>>;
  dutyMethods?: readonly string[];
};

const METHOD = (officer: string, type: string): ContactMethod => ({
  id: `${officer}/${type}`,
  officer,
  type,
  address: type,
  verified: true,
});

/** One request on one night, told by what happens and looked at by who is rung. */
export class Night {
  state: RequestState;
  now = T0;
  readonly entries: RequestEntry[] = [];
  people: People;
  history: PastPage[] = [];
  limits: Limits = {};
  readonly #policies: Readonly<Record<string, Policy>>;
  #ids = 0;

  constructor(steps: Policy['steps'], people: People, urgency: Urgency = 'emergency') {
    this.people = people;
    const policy: Policy = { id: 'p', steps, roundMin: MINUTE, progress: 30 * MINUTE, counts: 'always' };
    this.#policies = { p: policy, other: { ...policy, id: 'other' } };
    const received = { ...RECEIVED, urgency, policy: 'p', ringAt: rfc3339(T0) };
    this.state = evolve(undefined, { type: 'request.received/1', data: received, at: T0 });
    this.#plan();
  }

  /** Minutes after the request came. */
  at(minutes: number): this {
    const until = T0 + minutes * MINUTE;
    for (let next = this.#nextDue(); next !== undefined && next <= until; next = this.#nextDue()) {
      this.now = Math.max(this.now, next);
      this.#plan();
    }
    this.now = until;
    return this;
  }

  /** The process was away: nothing ran until now. */
  awayUntil(minutes: number): this {
    this.now = T0 + minutes * MINUTE;
    this.#plan();
    return this;
  }

  tell(...entries: RequestEntry[]): this {
    for (const entry of entries) this.#append(entry);
    this.#plan();
    return this;
  }

  /** The page to this officer by this method came to this end. */
  page(officer: string, method: string, end: 'handed_over' | 'failed'): this {
    const page = this.pages.findLast((one) => one.officer === officer && one.method === `${officer}/${method}`);
    if (page === undefined) throw new Error(`${officer} was not paged by ${method}`);
    return this.tell(
      end === 'handed_over'
        ? { type: 'page.handed_over/1', data: { page: page.id, attempt: 1 } }
        : { type: 'page.failed/1', data: { page: page.id, attempt: 1, class: 'permanent', code: 'x' } },
    );
  }

  get pages(): PageData[] {
    return this.entries.flatMap((entry) => {
      if ('pages' in entry.data) return [...entry.data.pages];
      return 'page' in entry.data && typeof entry.data.page !== 'string' ? [entry.data.page] : [];
    });
  }

  /** `minute officer/method`, in order of the moments at which they are due; channels as `#channel`. */
  get rung(): string[] {
    const moved = new Map(
      this.entries.flatMap((entry) => (entry.type === 'page.advanced/1' ? [[entry.data.page, entry.data.dueAt]] : [])),
    );
    return this.pages
      .map(({ id, method, channel, dueAt }) => ({
        at: Date.parse(moved.get(id) ?? dueAt),
        what: channel ? `#${channel}` : method,
      }))
      .sort((a, b) => a.at - b.at)
      .map(({ at, what }) => `${(at - T0) / MINUTE} ${what}`);
  }

  types(): string[] {
    return this.entries.map(({ type }) => type.replace('/1', ''));
  }

  #nextDue(): number | undefined {
    const due = alarmsOf(this.state).map(({ dueAt }) => dueAt);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  #plan(): void {
    const entries = plan(this.state, this.#world(), this.now);
    // The shortcut must never hide anything that the rules want.
    if (isQuiet(this.state, this.now) && entries.length > 0)
      throw new Error('quiet, and yet there was something to do');
    for (const entry of entries) this.#append(entry);
  }

  #append(entry: RequestEntry): void {
    this.entries.push(entry);
    this.state = evolve(this.state, { ...entry, at: this.now });
  }

  #world(): World {
    const team = this.#team();
    return {
      revision: 1,
      policy: (_desk, id) => {
        const policy = this.#policies[id];
        if (policy === undefined) throw new Error(id);
        return policy;
      },
      policyFor: () => 'p',
      team: () => team,
      limits: this.limits,
      history: this.history,
      newId: () => `page-${++this.#ids}`,
    };
  }

  #team(): Team {
    const { onDuty = [], everyone = [], head = [], methods = {}, rules = {}, dutyMethods = [] } = this.people;
    return {
      onDuty,
      onDutyIn: () => [],
      everyone,
      withRole: (role) => (role === 'head' ? head : []),
      rules: (officer) => rules[officer] ?? {},
      methods: (officer) => (methods[officer] ?? ['pager']).map((type) => METHOD(officer, type)),
      dutyMethods: dutyMethods.map((type) => ({ id: `duty/${type}`, type, address: type, verified: true })),
      channels: ['page'],
      nextDutyTime: (at) => at,
      progressDueAt: (policy, from) => from + policy.progress,
    };
  }
}

export const MINUTES = (minutes: number) => minutes * MINUTE;
export const SECONDS = (seconds: number) => seconds * SECOND;

export const ackBy = (by: string): RequestEntry => ({
  type: 'request.acknowledged/1',
  data: { by, progressDueAt: rfc3339(T0 + 60 * MINUTE) },
});

const RECEIVED: EntryData<'request.received/1'> = {
  request: 'r1',
  desk: 'ncp',
  reference: 'T-2026-0001',
  shortId: 'K7Q2',
  source: 'ncb',
  sourceKnown: true,
  verification: { how: 'token', by: 'ncb' },
  kind: 'other',
  kindChosenBy: 'source',
  urgency: 'emergency',
  row: '2',
  reason: 'claim:emergency',
  provisional: false,
  notes: [],
  missing: [],
  flags: [],
  message: { content: 'c1', sha256: '00' },
  policy: 'p',
  revision: 1,
  ringAt: rfc3339(T0),
  clocks: [],
};
