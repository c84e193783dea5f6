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
  readonly #places: Map<string, Place>;
  readonly #written: (path: Path) => Path;

  constructor(file: string, lines: LineCounter, places = new Map<string, Place>(), written = (path: Path) => path) {
    this.#file = file;
    this.#lines = lines;
    this.#places = places;
    this.#written = written;
  }

  /** The same places for who knows them by other paths; `written` leads from such a path to that in the file. */
  under(written: (path: Path) => Path): Places {
    return new Places(this.#file, this.#lines, this.#places, written);
  }

  add(path: Path, place: Place): void {
    this.#places.set(JSON.stringify(path), place);
  }

  /** True when the path is written in the file, even without a value. */
  has(path: Path): boolean {
    return this.#at(path) !== undefined;
  }

  source(path: Path): string | undefined {
    return this.#at(path)?.source;
  }

  /** Of what is not in the file: where the key above it stands. */
  offset(path: Path, at?: 'key' | number): number {
    if (typeof at === 'number') return at;
    const found = this.#at(path);
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
      path: pathText(this.#written(path).map((step) => (typeof step === 'string' ? shownKey(step) : step))),
      wrong,
      expected,
      ...(nearest === undefined ? {} : { nearest }),
    };
  }

  #at(path: Path): Place | undefined {
    return this.#places.get(JSON.stringify(this.#written(path)));
  }
}
