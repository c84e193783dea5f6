import { headsIn, type StreamHead } from './marks.ts';

/** What checkpoints saw: for each stream the hashes at some of its numbers. */
export class Claims {
  readonly #hashes = new Map<string, Map<number, string>>();

  add({ stream, n, hash }: StreamHead): void {
    const hashes = this.#hashes.get(stream) ?? new Map<number, string>();
    this.#hashes.set(stream, hashes.set(n, hash));
  }

  /** Adds all heads that the body of a checkpoint lists. */
  addAll(body: string): void {
    for (const head of headsIn(body)) this.add(head);
  }

  has(stream: string): boolean {
    return this.#hashes.has(stream);
  }

  /** True when a checkpoint saw another hash at this number. */
  contradict({ stream, n, hash }: StreamHead): boolean {
    return (this.#hashes.get(stream)?.get(n) ?? hash) !== hash;
  }

  /** Each stream with the highest number that was seen of it, in the order in which they were first seen. */
  *ends(): Generator<{ readonly stream: string; readonly n: number }> {
    for (const [stream, hashes] of this.#hashes) {
      yield { stream, n: [...hashes.keys()].reduce((highest, n) => Math.max(highest, n)) };
    }
  }
}
