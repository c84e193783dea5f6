import type { LineCounter } from 'yaml';
import type { Fault, Finding } from './fault.ts';
import { type Path, pathText } from './path.ts';
import { shownKey } from './secrecy.ts';

/** Offsets of a value and of its key, and the scalar exactly as written, without its quotes. */
type Place = { readonly key?: number; readonly value: number; readonly source?: string };

export type Position = { readonly file: string; readonly line: number; readonly column: number };

/** The way back from a path to its line. */
export class Places {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #places = new Map<string, Place>();

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  add(path: Path, place: Place): void {
    this.#places.set(JSON.stringify(path), place);
  }

  /** True when the path is written in the file, even without a value. */
  has(path: Path): boolean {
    return this.#places.has(JSON.stringify(path));
  }

  source(path: Path): string | undefined {
    return this.#places.get(JSON.stringify(path))?.source;
  }

  /** Of what is not in the file: where the key above it stands. */
  offset(path: Path, at?: 'key' | number): number {
    if (typeof at === 'number') return at;
    const found = this.#places.get(JSON.stringify(path));
    if (found !== undefined) return at === 'key' ? (found.key ?? found.value) : found.value;
    return path.length === 0 ? 0 : this.offset(path.slice(0, -1), 'key');
  }

  position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  locate({ path, at, wrong, expected, nearest }: Finding): Fault {
    return {
      ...this.position(this.offset(path, at)),
      path: pathText(path.map((step) => (typeof step === 'string' ? shownKey(step) : step))),
      wrong,
      expected,
      ...(nearest === undefined ? {} : { nearest }),
    };
  }
}
