import { type Duration, type Instant, MINUTE, SECOND } from '../../../rota/instant.ts';
import { Heap } from '../heap.ts';
import { BrokenPromise } from './broken-promise.ts';
import type { AlarmRow, DeliveryRow, Ledger } from './ledger.ts';
import type { Story } from './story.ts';

const ALARM: Duration = SECOND;
const PAGE: Duration = 2 * SECOND;
/** The pages of a minute travel together. */
const BUNDLE: Duration = MINUTE;

/** Something that must have been done `grace` after it was due. `late` says what is not done yet. */
type Deadline = {
  readonly due: Instant;
  readonly grace: Duration;
  readonly shortId: string | undefined;
  readonly late: () => string | undefined;
  /** When it counts as late; moves when the process was down. */
  end: Instant;
};

/** Promise 3: what is due is done in time while the process is up, and at once when it is up again. */
export class Lateness {
  readonly #ledger: Ledger;
  readonly #deadlines = new Heap<Deadline>((a, b) => a.end < b.end);
  /** Due times of alarms that are watched already. */
  readonly #armed = new Map<string, Instant>();
  /** Since when requests wait for their first page. */
  readonly #waiting = new Map<string, Instant>();
  #upSince: Instant | undefined;
  checks = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  cameUp(at: Instant): void {
    this.#upSince = at;
  }

  wentDown(): void {
    this.#upSince = undefined;
  }

  /** Time goes on to `now`: what should have been done before then is looked for. */
  passed(now: Instant): void {
    const up = this.#upSince;
    // A dead process is late with nothing; what it left counts from the moment at which the next one is up.
    if (up === undefined) return;
    for (let { first } = this.#deadlines; first !== undefined && first.end < now; { first } = this.#deadlines) {
      this.#deadlines.takeFirst();
      this.checks++;
      const late = first.late();
      if (late === undefined) continue;
      const end = Math.max(first.due, up) + first.grace;
      if (end < now) throw new BrokenPromise(3, first.shortId, `${late}, ${(now - first.due) / SECOND} s ago`);
      this.#deadlines.add({ ...first, end });
    }
  }

  alarm({ stream, kind, dueAt }: AlarmRow, shortId: string | undefined): void {
    const name = `${stream} ${kind}`;
    if (this.#armed.get(name) === dueAt) return;
    this.#armed.set(name, dueAt);
    const late = () => {
      if (this.#armed.get(name) === dueAt) this.#armed.delete(name);
      const isArmed = this.#ledger.alarms(stream).some((row) => row.kind === kind && row.dueAt === dueAt);
      return isArmed ? `the alarm ${kind} of ${stream} was due` : undefined;
    };
    this.#add(dueAt, ALARM, shortId, late);
  }

  delivery({ id, dueAt, state }: DeliveryRow, story: Story | undefined): void {
    if (state !== 'pending') return;
    const late = () => {
      const row = this.#ledger.delivery(id);
      if (row?.state !== 'pending' || row.dueAt !== dueAt || !isWanted(row, story)) return undefined;
      return `the delivery ${id} (${row.reason}, ${row.methodId}) was due`;
    };
    this.#add(dueAt, PAGE, story?.shortId, late);
  }

  /** An emergency or urgent request has come in, or was raised to be one. */
  received(story: Story, at: Instant): void {
    if (story.urgency !== 'emergency' && story.urgency !== 'urgent') return;
    this.#waiting.set(story.id, at);
    const grace = story.urgency === 'emergency' ? PAGE : PAGE + BUNDLE;
    const late = () => {
      const isWaiting = this.#waiting.get(story.id) === at && story.status === 'open';
      return isWaiting ? `the ${story.urgency} request came in and nobody was paged` : undefined;
    };
    this.#add(at, grace, story.shortId, late);
  }

  /** Somebody has the request, or nobody needs it any more. */
  quiet({ id }: Story): void {
    this.#waiting.delete(id);
  }

  /** A page was claimed: the first one in time, an emergency alone. */
  claimed(row: DeliveryRow, story: Story | undefined): void {
    this.checks++;
    if (row.urgency === 'emergency' && row.bundleId !== null) {
      throw new BrokenPromise(3, row.shortId, `the delivery ${row.id} of an emergency travels in a bundle`);
    }
    const since = story && this.#waiting.get(story.id);
    // What a room is told reaches nobody who sleeps.
    if (story === undefined || since === undefined || row.kind !== 'page') return;
    this.#waiting.delete(story.id);
    const waited = (row.claimedAt ?? since) - Math.max(since, this.#upSince ?? since);
    if (waited <= PAGE || (waited <= PAGE + BUNDLE && this.#mayHaveWaited(row, since))) return;
    throw new BrokenPromise(3, story.shortId, `its first page left ${waited / SECOND} s after it came in`);
  }

  /** The officer had a page of another request a moment before, or one was about to leave. */
  #mayHaveWaited({ officer, methodId, requestId, bundleId }: DeliveryRow, since: Instant): boolean {
    if (officer === null) return false;
    if (bundleId !== null) return true;
    return this.#ledger.deliveriesTo(officer).some((row) => {
      const isOther = row.methodId === methodId && row.requestId !== requestId && row.createdAt <= since;
      return isOther && Math.max(row.claimedAt ?? 0, row.dueAt) >= since - BUNDLE;
    });
  }

  #add(due: Instant, grace: Duration, shortId: string | undefined, late: Deadline['late']): void {
    this.#deadlines.add({ due, grace, shortId, late, end: due + grace });
  }
}

/** Pages that an owner gets too, and what no request is behind. */
const IN_ANY_CASE: readonly string[] = ['reminder', 'file', 'clock', 'handover', 'stuck'];

function isWanted({ reason }: DeliveryRow, story: Story | undefined): boolean {
  return IN_ANY_CASE.includes(reason) || story?.status === 'open';
}
