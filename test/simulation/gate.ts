/** The process has died, or there was none: nobody answers. */
export class Crash extends Error {
  constructor(point: string) {
    super(`the process died at ${point}`);
    this.name = 'Crash';
  }
}

/** Where a process may be made to die: a point by its name, or any. */
export type Blow = { readonly at: string | undefined; readonly after: number };

/** What one process passes before each statement and each sending. It dies at the gate; then nothing gets through any more. */
export class Gate {
  readonly #onCrash: (point: string) => void;
  #blow: { readonly at: string | undefined; left: number } | undefined;
  #isDead = false;

  constructor(onCrash: (point: string) => void) {
    this.#onCrash = onCrash;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** The process will die when it has passed so many such points. */
  arm({ at, after }: Blow): void {
    this.#blow = { at, left: after };
  }

  /** Throws when the process dies here, or is dead. */
  pass(point: string): void {
    if (this.#isDead) throw new Crash('the gate');
    if (this.#blow === undefined || (this.#blow.at !== undefined && this.#blow.at !== point)) return;
    if (this.#blow.left-- > 0) return;
    this.kill(point);
    throw new Crash(point);
  }

  kill(point: string): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#onCrash(point);
  }
}
