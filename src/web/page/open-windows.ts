import type { OfficerId } from '../../../rota/rota.ts';

type Window = { readonly officer: OfficerId; answered: boolean };

/** The windows that listen, and whether each of them still answers. */
export class OpenWindows {
  readonly #windows = new Map<string, Window>();

  open(id: string, officer: OfficerId): void {
    this.#windows.set(id, { officer, answered: true });
  }

  close(id: string): void {
    this.#windows.delete(id);
  }

  /** Asks it once more; false when it has not answered since it was asked last. */
  ask(id: string): boolean {
    const window = this.#windows.get(id);
    if (window?.answered !== true) return false;
    window.answered = false;
    return true;
  }

  /** It is there. False for one that is not the officer's, or was let go: it has to begin anew. */
  answer(id: string, officer: OfficerId): boolean {
    const window = this.#windows.get(id);
    if (window?.officer !== officer) return false;
    window.answered = true;
    return true;
  }
}
