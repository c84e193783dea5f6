import { nearest } from './nearest.ts';
import type { Path } from './path.ts';
import { isGroup } from './raw.ts';
import { below, keysOf, type Node, shapesOf } from './schema-lookup.ts';
import { isSecretName } from './secrecy.ts';

/** A file as it would be if its keys were spelt right, so that what stands below a slip of the pen is looked at too. */
export type Respelt = {
  readonly value: unknown;
  /** Paths of the misspelt keys: the last step as written, those before it spelt right. */
  readonly misspelt: readonly Path[];
  /** From a path in `value` to the same one as the file has it. */
  readonly written: (path: Path) => Path;
};

/**
 * Gives each key that is not known the name that was meant: the one right key that is nearest to it, where the group has
 * no such key already. What it cannot be sure of it leaves alone.
 */
export function respelt(file: unknown, schema: Node): Respelt {
  const misspelt: Path[] = [];
  const writtenAt = new Map<string, string>();

  function read(value: unknown, nodes: readonly Node[], path: Path): unknown {
    const shapes = shapesOf(nodes, value);
    if (Array.isArray(value)) return value.map((item, index) => read(item, below(shapes, index), [...path, index]));
    if (!isGroup(value)) return value;
    const taken = new Set(Object.keys(value));
    return Object.fromEntries(
      Object.entries(value).map(([key, inside]) => {
        const right = meantBy(key, shapes, taken) ?? key;
        const here = [...path, right];
        if (right !== key) {
          taken.add(right);
          misspelt.push([...path, key]);
          writtenAt.set(JSON.stringify(here), key);
        }
        return [right, read(inside, below(shapes, right), here)];
      }),
    );
  }

  return {
    value: read(file, [schema], []),
    misspelt,
    written: (path) => path.map((step, index) => writtenAt.get(JSON.stringify(path.slice(0, index + 1))) ?? step),
  };
}

/** Undefined also where any key may stand, and where a name that hides its value would become one that does not. */
function meantBy(key: string, shapes: readonly Node[], taken: ReadonlySet<string>): string | undefined {
  const keys = keysOf(shapes);
  if (keys.includes(key) || below(shapes, key).length > 0) return undefined;
  const right = nearest(key, keys);
  // Of equally near keys the first wins, so there is one nearest only if it wins from both ends.
  if (right === undefined || right !== nearest(key, keys.toReversed()) || taken.has(right)) return undefined;
  return isSecretName(key) && !isSecretName(right) ? undefined : right;
}
