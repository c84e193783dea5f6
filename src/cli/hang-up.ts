import { closeSync, openSync } from 'node:fs';

/**
 * What SIGHUP asks for: to read the file again. The system also sends it when the terminal closes that a process runs in;
 * then there is nobody left to read what it says, and it is asked to stop.
 */
export class HangUp {
  #again: (() => void) | undefined;
  #waits = false;

  /** From now on one is kept until it can be obeyed. */
  constructor(stop: () => void) {
    process.on('SIGHUP', () => {
      if (isTerminalGone()) stop();
      else if (this.#again === undefined) this.#waits = true;
      else this.#again();
    });
  }

  /** From now on `again` obeys, and the one that was kept. */
  obey(again: () => void): void {
    this.#again = again;
    if (this.#waits) again();
  }
}

function isTerminalGone(): boolean {
  if (!process.stderr.isTTY) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}
