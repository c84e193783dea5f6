import { type Instant, rfc3339 } from '../../rota/instant.ts';
import type { Commit } from './checker/ledger.ts';

const KEPT = 30;

/** The last things that happened, for whoever wants to see how it came to this. */
export class Trace {
  readonly #lines: (() => string)[] = [];
  #isOver = false;

  note(at: Instant, what: () => string): void {
    if (this.#isOver) return;
    this.#lines.push(() => `${rfc3339(at)}  ${what()}`);
    if (this.#lines.length > KEPT) this.#lines.shift();
  }

  committed(step: number, commit: Commit): void {
    this.note(commit.at, () => `#${step} ${described(commit)}`);
  }

  /** Nothing of what comes after is kept. */
  end(): void {
    this.#isOver = true;
  }

  lines(): readonly string[] {
    return this.#lines.map((line) => line());
  }
}

function described({ entries, deliveries, streams }: Commit): string {
  const told = entries.flatMap(({ after }) => (after === undefined ? [] : [`${after.type} (${after.n})`]));
  const moved = deliveries.flatMap(({ before, after }) =>
    after === undefined ? [] : [`${after.methodId} for ${after.shortId}: ${before?.state ?? 'new'} → ${after.state}`],
  );
  const shown = moved.length > 6 ? [...moved.slice(0, 6), `and ${moved.length - 6} more`] : moved;
  return [[...streams].join(' '), ...told, ...shown].filter((part) => part !== '').join('; ');
}
