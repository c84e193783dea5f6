export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/** Levels of objects and lists, one in the other, that a value may have. */
const DEEPEST = 32;

/**
 * Why `value` cannot stand in a journal that every language reads in the same way, with its path; undefined when it can.
 * Allowed are null, booleans, whole numbers within ±(2^53 - 1), well-formed strings without U+0000, lists and plain
 * objects. Keys of digits are refused because JavaScript puts them in another order than they were written in.
 */
export function faultIn(value: unknown, path = '', depth = 0): string | undefined {
  const fault = (what: string) => `${path || 'the value'} ${what}`;
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return faultInText(value, fault);
  if (typeof value === 'number') {
    return Number.isSafeInteger(value)
      ? undefined
      : fault(`is ${value}: expected a whole number within ±(2^53 - 1), give a fraction in a smaller unit`);
  }
  if (typeof value !== 'object') return fault(`is of the type ${typeof value}: leave it out, or write it as text`);
  if (depth >= DEEPEST) return fault(`lies deeper than ${DEEPEST} levels`);
  if (Array.isArray(value)) return first(Array.from(value, (item, i) => faultIn(item, `${path}[${i}]`, depth + 1)));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return fault('is not a plain object');
  return first(
    Object.entries(value).map(
      ([key, item]) => faultInKey(key, fault) ?? faultIn(item, path === '' ? key : `${path}.${key}`, depth + 1),
    ),
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultInText(text: string, fault: (what: string) => string): string | undefined {
  if (!text.isWellFormed()) return fault('holds half of a surrogate pair: replace it at the intake');
  return text.includes('\0') ? fault('holds U+0000: replace it at the intake') : undefined;
}

function faultInKey(key: string, fault: (what: string) => string): string | undefined {
  if (/^[0-9]+$/.test(key)) return fault(`has the key ${JSON.stringify(key)}: a key of digits has no fixed place`);
  return faultInText(key, fault);
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}
