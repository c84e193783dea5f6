import { sanitise } from '../../request/sanitise.ts';

/** Deeper than anything that has a place in a message: what lies below is a fault anyway and is not walked. */
const DEEPEST = 8;

export type Cleaned<T> = { readonly value: T; readonly replaced: number };

/** Every text in a JSON value, keys too, without U+0000 and lone surrogates; `replaced` counts them. */
export function clean(value: unknown): Cleaned<unknown> {
  let replaced = 0;
  const text = (dirty: string) => {
    const cleaned = sanitise(dirty);
    replaced += cleaned.replaced;
    return cleaned.text;
  };
  const walk = (part: unknown, depth: number): unknown => {
    if (typeof part === 'string') return text(part);
    if (typeof part !== 'object' || part === null || depth > DEEPEST) return part;
    if (Array.isArray(part)) return part.map((one) => walk(one, depth + 1));
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [text(key), walk(one, depth + 1)]));
  };
  return { value: walk(value, 0), replaced };
}
