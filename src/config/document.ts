import { isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, type ParsedNode, parseDocument } from 'yaml';
import type { Fault, Finding } from './fault.ts';
import type { Path } from './path.ts';
import { Places } from './places.ts';
import { meaningOf } from './syntax-faults.ts';

/** A configuration has a few hundred lines; more is a mistake, or an attempt to keep the reader busy. */
const LONGEST_FILE = 256 * 1024;
const DEEPEST = 40;

/** The file as plain values, with the way back from each of them to its line. */
export type Document = {
  /** Objects, arrays, strings, numbers, booleans. A key without a value is there with `undefined`. */
  readonly value: unknown;
  readonly places: Places;
  /** Faults of the YAML itself: syntax, keys given twice, aliases, tags. */
  readonly faults: readonly Fault[];
  /** Offset from which on the structure cannot be trusted; absent when all of it can. */
  readonly brokenAt?: number;
};

/** Reads YAML of any quality; never throws. */
export function readDocument(text: string, file: string): Document {
  const lines = new LineCounter();
  const places = new Places(file, lines);
  if (text.length > LONGEST_FILE) {
    return unreadable(places, `it has ${text.length} characters`, `at most ${LONGEST_FILE}`);
  }
  try {
    const parsed = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
    const reader = new Reader(places);
    const value = reader.read(parsed.contents, []);
    const errors = withoutEchoes(parsed.errors, places);
    const syntax = errors.map(({ code, pos }) => ({ path: [], at: pos[0], ...meaningOf(code) }));
    const brokenAt = errors[0]?.pos[0];
    return {
      value,
      places,
      faults: [...syntax, ...reader.findings].map((finding) => places.locate(finding)),
      ...(brokenAt === undefined ? {} : { brokenAt }),
    };
  } catch {
    // What the YAML reader throws (a stack that is too deep) tells nothing to whoever wrote the file.
    const { wrong, expected } = meaningOf('RESOURCE_EXHAUSTION');
    return unreadable(places, wrong, expected);
  }
}

function unreadable(places: Places, wrong: string, expected: string): Document {
  return { value: undefined, places, faults: [places.locate({ path: [], wrong, expected })], brokenAt: 0 };
}

/** One error a line, and of unexpected pieces only the first: all that follows is its echo. */
function withoutEchoes<T extends { readonly code: string; readonly pos: readonly [number, number] }>(
  errors: readonly T[],
  places: Places,
): readonly T[] {
  const seen = new Set<number | string>();
  return errors
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .filter(({ code, pos }) => {
      const { line } = places.position(pos[0]);
      const echo = seen.has(line) || (code === 'UNEXPECTED_TOKEN' && seen.has(code));
      seen.add(line).add(code);
      return !echo;
    });
}

/** Turns nodes into plain values and remembers where each stood. */
class Reader {
  readonly findings: Finding[] = [];
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  read(node: ParsedNode | null, path: Path, key?: number): unknown {
    const source = isScalar(node) ? node.source : undefined;
    this.#places.add(path, {
      value: node?.range[0] ?? key ?? 0,
      ...(key === undefined ? {} : { key }),
      ...(source === undefined ? {} : { source }),
    });
    if (node === null) return undefined;
    this.#refuseFinesse(node, path);
    if (path.length > DEEPEST) {
      this.findings.push({ path, ...meaningOf('RESOURCE_EXHAUSTION') });
      return undefined;
    }
    if (isMap(node)) return this.#readMap(node.items, path);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index]));
    return isScalar(node) ? (node.value ?? undefined) : undefined;
  }

  #readMap(pairs: readonly Pair<ParsedNode, ParsedNode | null>[], path: Path): object {
    const entries = new Map<string, unknown>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.source ?? key.value ?? '') : '';
      const at = key.range[0];
      const here = [...path, name];
      if (name === '' || name === '__proto__') {
        this.findings.push({ path, at, wrong: 'a key is missing before this colon', expected: '"key: value"' });
      } else if (entries.has(name)) {
        const { line } = this.#places.position(this.#places.offset(here, 'key'));
        this.findings.push({ path: here, at, wrong: `this key stands in line ${line} already`, expected: 'it once' });
      } else {
        entries.set(name, this.read(value, here, at));
      }
    }
    return Object.fromEntries(entries);
  }

  /** Aliases let a few lines unfold into gigabytes; tags change what a text is. Neither is needed here. */
  #refuseFinesse(node: ParsedNode, path: Path): void {
    if (isAlias(node)) {
      this.findings.push({ path, wrong: 'an alias (*) stands here', expected: 'the value itself, written out' });
    } else if (node.tag !== undefined) {
      this.findings.push({ path, wrong: 'a tag (!) stands here', expected: 'the value alone; put text in quotes' });
    }
  }
}
