import { type Duration, HOUR, type Instant } from '../../rota/instant.ts';
import type { DutyResult } from '../../src/desk/change-duty.ts';
import type { Tables } from '../../src/store/memory/tables.ts';
import type { Commit } from './checker/ledger.ts';

/** A tally as it travels between threads. */
export type TallyNumbers = {
  readonly counts: readonly (readonly [string, number])[];
  readonly longestOpen: Duration;
  readonly mostRounds: number;
};

/** What happened, in numbers. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #openSince = new Map<string, Instant>();
  #longestOpen: Duration = 0;
  #mostRounds = 0;

  count(of: string, name: string, by = 1): void {
    const key = `${of}\n${name}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  of(of: string, name: string): number {
    return this.#counts.get(`${of}\n${name}`) ?? 0;
  }

  total(of: string): number {
    return this.#of(of).reduce((sum, [, count]) => sum + count, 0);
  }

  numbers(): TallyNumbers {
    return { counts: [...this.#counts], longestOpen: this.#longestOpen, mostRounds: this.#mostRounds };
  }

  add({ counts, longestOpen, mostRounds }: TallyNumbers): void {
    for (const [key, count] of counts) this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    this.#longestOpen = Math.max(this.#longestOpen, longestOpen);
    this.#mostRounds = Math.max(this.#mostRounds, mostRounds);
  }

  committed({ entries, at }: Commit): void {
    this.count('', 'steps');
    for (const { after } of entries) {
      if (after === undefined) continue;
      const [type = ''] = after.type.split('/');
      this.count('entries', type);
      if (OPENS.has(type) && !this.#openSince.has(after.stream)) this.#openSince.set(after.stream, at);
      if (CLOSES.has(type)) this.#closes(after.stream, at);
      if (type === 'request.received') this.count('requests', JSON.parse(after.body).data.urgency);
      if (type === 'step.rang') this.#rang(JSON.parse(after.body).data);
    }
  }

  /** Asked again after a crash, a change may have been made already. Nothing else is planned that is refused. */
  dutyChanged(result: DutyResult): void {
    const code = !result.ok && result.why === 'refused' ? result.refusal.code : undefined;
    if (!result.ok && code !== 'changes_nothing') throw new Error(`a duty could not be changed: ${code ?? result.why}`);
    this.count('duty', result.ok ? result.override.kind : 'made already');
  }

  /** At the end of the year: what became of the pages, and who is still waiting. */
  end(tables: Tables, at: Instant): void {
    for (const { methodType, state } of tables.delivery.all()) this.count(`pages by ${methodType}`, state);
    this.count('', 'bundles', tables.bundle.size);
    for (const stream of [...this.#openSince.keys()]) this.#closes(stream, at);
  }

  #rang({ round, skipped, desks }: { round: number; skipped: readonly { why: string }[]; desks: readonly string[] }) {
    if (skipped.some(({ why }) => why === 'nobody')) this.count('', 'gaps met');
    if (desks.length > 0) this.count('', 'other desks paged');
    this.#mostRounds = Math.max(this.#mostRounds, round);
  }

  #closes(stream: string, at: Instant): void {
    const since = this.#openSince.get(stream);
    this.#openSince.delete(stream);
    if (since !== undefined) this.#longestOpen = Math.max(this.#longestOpen, at - since);
  }

  #of(of: string): readonly (readonly [string, number])[] {
    const prefix = `${of}\n`;
    const found = [...this.#counts].flatMap(([key, count]): [string, number][] =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), count]] : [],
    );
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** A line for each thing that was counted. */
  lines(): readonly string[] {
    const entries = (type: string) => this.of('entries', type);
    const listed = (of: string) =>
      this.#of(of)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ');
    const rounds = entries('round.began') + entries('round.rang');
    return [
      `requests ${this.total('requests')}: ${listed('requests')}; answered: ${listed('answers')}`,
      `nights: ${listed('nights')}; gaps met ${this.of('', 'gaps met')}, other desks paged ${this.of('', 'other desks paged')}`,
      ...['pager', 'sms', 'voice', 'channel'].map((type) => `pages by ${type}: ${listed(`pages by ${type}`)}`),
      `rung ${this.total('rung')}: ${listed('rung')}; bundles ${this.of('', 'bundles')}`,
      `rounds ${rounds} (${entries('round.rang')} after nobody was reached, at most ${this.#mostRounds} for one request), last resorts ${entries('last_resort.rang')}`,
      `acknowledged ${entries('request.acknowledged')}, passed ${entries('request.passed')}, released ${entries('request.released')}, reminded ${entries('owner.reminded')}, lapsed ${entries('progress.lapsed')}, handed over by the rota ${entries('request.handed_over')}, reopened ${entries('request.reopened')}`,
      `officers did: ${listed('acts')}; were told: ${listed('refusals')}`,
      `changes of the duty: ${listed('duty')}`,
      `longest open ${(this.#longestOpen / HOUR).toFixed(1)} h`,
      `crashes ${this.total('crashes')}: ${listed('crashes')}`,
      `steps ${this.of('', 'steps')}, journal entries ${this.total('entries')}, checks ${this.of('', 'checks')}`,
    ];
  }
}

const OPENS: ReadonlySet<string> = new Set([
  'request.received',
  'request.released',
  'request.reassigned',
  'request.reopened',
  'progress.lapsed',
]);
const CLOSES: ReadonlySet<string> = new Set(['request.acknowledged', 'request.concluded', 'request.closed']);
