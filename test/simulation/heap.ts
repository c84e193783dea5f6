/** Keeps things so that the first of them is found at once. `isSooner` is a strict order. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #isSooner: (a: T, b: T) => boolean;

  constructor(isSooner: (a: T, b: T) => boolean) {
    this.#isSooner = isSooner;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  add(item: T): void {
    this.#items.push(item);
    for (let at = this.#items.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#swapIfSooner(at, above)) return;
      at = above;
    }
  }

  takeFirst(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return first;
    this.#items[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const below = this.#comesBefore(left + 1, left) ? left + 1 : left;
      if (!this.#swapIfSooner(below, at)) return first;
      at = below;
    }
  }

  #swapIfSooner(below: number, above: number): boolean {
    if (!this.#comesBefore(below, above)) return false;
    const [a, b] = [this.#items[below], this.#items[above]];
    if (a === undefined || b === undefined) return false;
    this.#items[below] = b;
    this.#items[above] = a;
    return true;
  }

  #comesBefore(one: number, other: number): boolean {
    const [a, b] = [this.#items[one], this.#items[other]];
    return a !== undefined && b !== undefined && this.#isSooner(a, b);
  }
}
