import { DatabaseSync } from 'node:sqlite';

/** The store of a Tocsin that has ended, for reading. */
export class QuietDatabase {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    this.#db = new DatabaseSync(file, { readOnly: true });
  }

  /** Milliseconds from the entry that a request was received to its first page handed over, as the journal has them. */
  handedOverAfter(): number[] {
    const rows = this.#db
      .prepare(
        `SELECT min(handed.at) - received.at AS after FROM journal_entry AS received
         JOIN journal_entry AS handed ON handed.stream = received.stream AND handed.type = 'page.handed_over/1'
         WHERE received.type = 'request.received/1' GROUP BY received.stream`,
      )
      .all();
    return rows.map(({ after }) => Number(after));
  }

  /** When each of these requests rang the second step of its policy; undefined where it did not. */
  secondStepAt(requests: readonly string[]): (number | undefined)[] {
    const rang = this.#db.prepare(
      `SELECT min(at) AS at FROM journal_entry WHERE stream = ? AND type = 'step.rang/1' AND body ->> '$.data.step' = 1`,
    );
    return requests.map((id) => rang.get(`request/${id}`)?.['at'] ?? undefined).map((at) => at as number | undefined);
  }

  /** When the running window of each of these requests ends. */
  escalationDueAt(requests: readonly string[]): number[] {
    const due = this.#db.prepare(`SELECT due_at FROM alarm WHERE stream = ? AND kind = 'escalation'`);
    return requests.map((id) => Number(due.get(`request/${id}`)?.['due_at']));
  }

  count(sql: string): number {
    return Number(Object.values(this.#db.prepare(sql).get() ?? {})[0]);
  }

  close(): void {
    this.#db.close();
  }
}
