import type { MailNote, MailNoteCode } from '../../src/ports/mail-reader.ts';

/** Collects what an officer has to know about a mail, each code once. */
export class Notes {
  readonly #counts = new Map<MailNoteCode, number | undefined>();

  /** Counts of the same code add up; a count of 0 is no note. */
  add(code: MailNoteCode, count?: number): void {
    if (count === 0) return;
    const before = this.#counts.get(code);
    this.#counts.set(code, count === undefined ? before : (before ?? 0) + count);
  }

  addIf(condition: boolean, code: MailNoteCode): void {
    if (condition) this.add(code);
  }

  all(): MailNote[] {
    return [...this.#counts].map(([code, count]) => (count === undefined ? { code } : { code, count }));
  }
}
