import { headsIn, type StreamHead } from './marks.ts';

/**
 * What checkpoints saw of which entries. All of them count: if a later one could take the place of an earlier one, then
 * whoever made a stream anew could append a checkpoint that covers it up.
 */
export class Claims {
  readonly #seen = new Map<string, StreamHead[]>();
  readonly #streams = new Set<string>();

  add(head: StreamHead): void {
    const key = `${head.stream} ${head.n}`;
    const seen = this.#seen.get(key);
    if (seen === undefined) this.#seen.set(key, [head]);
    else seen.push(head);
    this.#streams.add(head.stream);
  }

  /** Adds all heads that the body of a checkpoint lists. */
  addAll(body: string): void {
    for (const head of headsIn(body)) this.add(head);
  }

  has(stream: string): boolean {
    return this.#streams.has(stream);
  }

  /** True when a checkpoint saw another hash at this number. */
  contradict({ stream, n, hash }: StreamHead): boolean {
    return this.#seen.get(`${stream} ${n}`)?.some((head) => head.hash !== hash) ?? false;
  }

  /** Each entry that was seen, in the order in which they were first seen. */
  *entries(): Generator<StreamHead> {
    for (const [head] of this.#seen.values()) if (head !== undefined) yield head;
  }
}
