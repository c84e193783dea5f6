import type { Path } from './path.ts';

/** Something in the configuration that keeps it from being applied. Never holds a secret. */
export type Fault = {
  /** The file as it was named to us, or `environment`. */
  readonly file: string;
  /** 1-based; absent where there is no line, as in the environment. */
  readonly line?: number;
  readonly column?: number;
  /** `desks[0].rota.handover.weekday`; empty for the file as a whole. */
  readonly path: string;
  readonly wrong: string;
  readonly expected: string;
  /** The right key, id or value that was most likely meant. */
  readonly nearest?: string;
};

/** Something that works but that whoever runs the desk should know. */
export type Note = {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly path: string;
  readonly text: string;
};

/** A fault before it is known at which line its path stands. */
export type Finding = {
  readonly path: Path;
  /** Point at the key of a `key: value` pair, or at an offset in the text. Default: the value. */
  readonly at?: 'key' | number;
  readonly wrong: string;
  readonly expected: string;
  readonly nearest?: string | undefined;
};

/**
 * One fault a line, in the order of the file:
 * `tocsin.yaml:12:18 desks[0].rota.handover.weekday: "MOO" is not a weekday; expected one of MO, TU, … Did you mean "MO"?`
 */
export function formatFaults(faults: readonly Fault[]): string {
  return faults.map((fault) => `${place(fault)}: ${fault.wrong}; ${wish(fault)}`).join('\n');
}

/** One note a line, in the form of `formatFaults`. */
export function formatNotes(notes: readonly Note[]): string {
  return notes.map((note) => `${place(note)}: ${note.text}`).join('\n');
}

/** By line, then column; what has no line comes first. */
export function inOrder<T extends { readonly line?: number; readonly column?: number }>(
  places: readonly T[],
): readonly T[] {
  return places.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function place({ file, line, column, path }: Omit<Note, 'text'>): string {
  const position = line === undefined ? '' : `:${line}:${column ?? 1}`;
  return `${file}${position}${path === '' ? '' : ` ${path}`}`;
}

function wish({ expected, nearest }: Fault): string {
  const sentence = `expected ${expected}${/[.…]$/.test(expected) ? '' : '.'}`;
  return nearest === undefined ? sentence : `${sentence} Did you mean "${nearest}"?`;
}
