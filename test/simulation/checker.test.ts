import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import type { BrokenPromise } from './checker/broken-promise.ts';
import { Checker } from './checker/checker.ts';
import type { AlarmRow, Commit, ContentRow, DeliveryRow, JournalRow, Ledger, RequestRow } from './checker/ledger.ts';

const T = Date.UTC(2026, 2, 1, 3);
const STREAM = 'request/r';

/** A ledger that is written by hand, one commit after another. */
class Book implements Ledger {
  readonly journal: JournalRow[] = [];
  readonly contents = new Map<string, ContentRow>();
  readonly rows = new Map<string, DeliveryRow>();
  armed: AlarmRow[] = [];
  row: RequestRow | undefined;

  entry = (_stream: string, n: number) => this.journal[n - 1];
  request = () => this.row;
  alarms = () => this.armed;
  delivery = (id: string) => this.rows.get(id);
  deliveriesTo = () => [...this.rows.values()];
  content = (id: string) => this.contents.get(id);
  streams = () => (this.journal.length === 0 ? [] : [{ name: STREAM, n: this.journal.length }]);

  readonly checker = new Checker(this, new Map([['p', { longest: 5 * MINUTE, roundMin: MINUTE, progress: MINUTE }]]));

  /** What is told, sealed to what was told before unless `hash` says otherwise. */
  tell(type: string, data: object, at = T, hash?: string): JournalRow {
    const n = this.journal.length + 1;
    const body = JSON.stringify({ installation: 'i', stream: STREAM, n, type, at: new Date(at).toISOString(), data });
    const before = this.journal.at(-1)?.hash ?? sha256(`i\n${STREAM}`);
    const row = { stream: STREAM, n, at, type, body, hash: hash ?? sha256(`${before}\n${body}`) };
    this.journal.push(row);
    return row;
  }

  alarm(kind: string, dueAt: number): void {
    this.armed = [{ stream: STREAM, kind, dueAt }];
  }

  is(status: string, owner: string | null = null): void {
    this.row = { id: 'r', status, owner, urgency: 'urgent', version: this.journal.length };
  }

  commit(entries: readonly JournalRow[], deliveries: Commit['deliveries'] = [], at = T): void {
    for (const { after } of deliveries) if (after !== undefined) this.rows.set(after.id, after);
    const added = entries.map((after) => ({ before: undefined, after }));
    const streams = new Set(entries.length === 0 ? [] : [STREAM]);
    this.checker.committed({ at, entries: added, deliveries, streams });
  }

  /** An open request whose first step rings. */
  static open(): Book {
    const book = new Book();
    book.checker.cameUp(T);
    const data = { request: 'r', shortId: 'K7Q2', desk: 'd', urgency: 'urgent', policy: 'p' };
    const entries = [
      book.tell('request.received/1', data),
      book.tell('round.began/1', { desk: 'd', round: 1, policy: 'p' }),
      book.tell('step.rang/1', {
        desk: 'd',
        round: 1,
        step: 0,
        cause: 'began',
        pages: [{ officer: 'ada' }],
        desks: [],
      }),
    ];
    book.alarm('escalation', T + 5 * MINUTE);
    book.is('open');
    book.commit(entries, [{ before: undefined, after: page() }]);
    return book;
  }

  acknowledge(by = 'ada'): void {
    const entry = this.tell('request.acknowledged/1', { by });
    this.is('acknowledged', by);
    this.alarm('progress', T + MINUTE);
    this.commit([entry]);
  }
}

function page(change: Partial<DeliveryRow> = {}): DeliveryRow {
  const names = { id: 'p1', requestId: 'r', shortId: 'K7Q2', kind: 'page', reason: 'step', urgency: 'urgent' };
  const times = { createdAt: T, dueAt: T, claimedAt: null };
  return { ...names, ...times, officer: 'ada', methodId: 'ada/pager', state: 'pending', bundleId: null, ...change };
}

function claim(at: number, change: Partial<DeliveryRow> = {}): Commit['deliveries'] {
  return [{ before: page(), after: page({ state: 'claimed', claimedAt: at, ...change }) }];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What is broken by it, and how. */
function broken(run: () => void): string {
  try {
    run();
  } catch (error) {
    const { promise, message } = error as BrokenPromise;
    return `${promise}: ${message}`;
  }
  return 'nothing';
}

describe('the checker', () => {
  test('finds nothing in a request that is paged, acknowledged and given back', () => {
    const book = Book.open();
    book.commit([], claim(T + SECOND));
    book.checker.passed(T + MINUTE);
    book.acknowledge();
    const entries = [
      book.tell('request.released/1', { by: 'ada' }),
      book.tell('step.rang/1', {
        desk: 'd',
        round: 1,
        step: 0,
        cause: 'released',
        pages: [{ officer: 'bob' }],
        desks: [],
      }),
    ];
    book.is('open');
    book.alarm('escalation', T + 5 * MINUTE);
    expect(broken(() => book.commit(entries))).toBe('nothing');
    expect(broken(() => book.checker.sweep(T))).toBe('nothing');
  });

  test.each([
    ['no alarm', [], '1: it is open and has the alarms []; expected [escalation]'],
    ['an alarm too late', [['escalation', 6 * MINUTE]], '1: its alarm escalation is due 60 s later than it may be'],
    [
      'both alarms',
      [
        ['escalation', MINUTE],
        ['progress', MINUTE],
      ],
      '1: it is open and has the alarms [escalation,progress]; expected [escalation]',
    ],
  ] as const)('finds a request that is silent: %s', (_what, alarms, expected) => {
    const book = Book.open();
    book.armed = alarms.map(([kind, wait]) => ({ stream: STREAM, kind, dueAt: T + wait }));
    const note = book.tell('note.written/1', {});
    book.is('open');
    expect(broken(() => book.commit([note]))).toBe(expected);
  });

  test('finds a round that follows too soon', () => {
    const book = Book.open();
    const entry = book.tell('round.began/1', { desk: 'd', round: 2, policy: 'p' }, T + 59 * SECOND);
    expect(broken(() => book.commit([entry]))).toBe(
      '1: round 2 of desk d began 59 s after the one before; expected 60 s',
    );
  });

  test('finds an answer without a request, and an entry that is missing', () => {
    const book = Book.open();
    expect(broken(() => book.checker.answered('r'))).toBe('nothing');
    book.journal.length = 0;
    expect(broken(() => book.checker.answered('r'))).toMatch(/^2: /);
    const gap = new Book();
    const first = { ...gap.tell('request.received/1', {}), n: 2 };
    gap.journal.length = 0;
    expect(broken(() => gap.commit([first]))).toBe(`2: entry 1 of ${STREAM} is missing`);
  });

  test('finds what is late, counted from the start of a process that was down', () => {
    const late = Book.open();
    expect(broken(() => late.checker.passed(T + 2 * SECOND))).toBe('nothing');
    expect(broken(() => late.checker.passed(T + 2 * SECOND + 1))).toMatch(/^3: the delivery p1 .* was due/);
    const alarm = Book.open();
    alarm.commit([], claim(T + SECOND));
    expect(broken(() => alarm.checker.passed(T + 5 * MINUTE + SECOND + 1))).toMatch(/^3: the alarm escalation/);
    const down = Book.open();
    down.checker.wentDown();
    expect(broken(() => down.checker.passed(T + MINUTE))).toBe('nothing');
    down.checker.cameUp(T + MINUTE);
    expect(broken(() => down.checker.passed(T + MINUTE + 2 * SECOND))).toBe('nothing');
    expect(broken(() => down.checker.passed(T + MINUTE + 3 * SECOND))).toMatch(/^3: /);
  });

  test('finds a first page that leaves late without a bundle that it could have waited for', () => {
    const late = T + 30 * SECOND;
    expect(broken(() => Book.open().commit([], claim(late)))).toBe('3: its first page left 30 s after it came in');
    expect(broken(() => Book.open().commit([], claim(late, { bundleId: 'b' })))).toBe('nothing');
    const after = Book.open();
    after.rows.set('p0', page({ id: 'p0', requestId: 'other', state: 'handed_over', claimedAt: T - SECOND }));
    expect(broken(() => after.commit([], claim(late)))).toBe('nothing');
    const emergency = claim(T, { urgency: 'emergency', bundleId: 'b' });
    expect(broken(() => Book.open().commit([], emergency))).toMatch(/^3: .* travels in a bundle/);
  });

  test('finds a page that is claimed after the acknowledgement, but for what the owner gets', () => {
    const book = Book.open();
    book.acknowledge();
    expect(broken(() => book.commit([], claim(T, { id: 'p2', reason: 'reminder' })))).toBe('nothing');
    expect(broken(() => book.commit([], claim(T)))).toMatch(/^4: .* ada has it$/);
  });

  test('finds what counts twice', () => {
    const twice = Book.open();
    twice.acknowledge();
    expect(broken(() => twice.acknowledge('bob'))).toBe('5: bob acknowledged it although ada has it');
    const step = Book.open();
    const again = { desk: 'd', round: 1, step: 0, cause: 'window', pages: [], desks: [] };
    expect(broken(() => step.commit([step.tell('step.rang/1', again)]))).toMatch(/^5: step 0 of round 1 rang twice/);
    const back = Book.open();
    back.acknowledge();
    const released = back.tell('request.released/1', { by: 'ada' });
    const rings = { ...again, step: 1, cause: 'released', pages: [{ officer: 'ada' }] };
    expect(broken(() => back.commit([released, back.tell('step.rang/1', rings)]))).toMatch(
      /^5: it was given back by ada/,
    );
    const over = { before: page({ state: 'handed_over' }), after: page({ state: 'claimed' }) };
    expect(broken(() => Book.open().commit([], [over]))).toMatch(/^5: the delivery p1 was handed over/);
  });

  test('finds a journal that proves nothing', () => {
    const forged = Book.open();
    const entry = forged.tell('note.written/1', {}, T, sha256('another'));
    expect(broken(() => forged.commit([entry]))).toMatch(/^10: .* its hash is not that of its body/);
    const missing = Book.open();
    const refers = missing.tell('note.written/1', { text: { content: 'c', sha256: sha256('text') } });
    expect(broken(() => missing.commit([refers]))).toMatch(/^10: .* which is missing$/);
    const changed = Book.open();
    const [first] = changed.journal;
    if (first !== undefined) changed.journal[0] = { ...first, body: first.body.replace('K7Q2', 'K7Q3') };
    expect(broken(() => changed.checker.sweep(T))).toMatch(/^10: entry 1 .* was changed in place$/);
    const drifted = Book.open();
    drifted.is('open', 'bob');
    expect(broken(() => drifted.checker.sweep(T))).toBe(
      '10: its stream says open, , urgent, 3; its row says open, bob, urgent, 3',
    );
  });
});
