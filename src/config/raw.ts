import type { Path } from './path.ts';

/**
 * A place in the file before anything is known about its shape. Checks of references work on it, so that they find
 * their faults even where the shape has others.
 */
export type Raw = { readonly value: unknown; readonly path: Path };

/** What stands under one key or at one position; undefined when there is nothing. */
export function stepInto(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isGroup(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** What stands under the key; its value is undefined when there is no such key. */
export function field(raw: Raw, key: string): Raw {
  return { value: stepInto(raw.value, key), path: [...raw.path, key] };
}

/** The items of a list; none when it is no list. */
export function items(raw: Raw): readonly Raw[] {
  return Array.isArray(raw.value) ? raw.value.map((value, index) => ({ value, path: [...raw.path, index] })) : [];
}

/** The items of a list, or the one value that may stand for a list of one. */
export function oneOrMoreItems(raw: Raw): readonly Raw[] {
  return Array.isArray(raw.value) ? items(raw) : raw.value === undefined ? [] : [raw];
}

/** The keys of a group with what stands under them. */
export function fields(raw: Raw): readonly (Raw & { readonly key: string })[] {
  return isGroup(raw.value) ? Object.keys(raw.value).map((key) => ({ key, ...field(raw, key) })) : [];
}

export function textOf(raw: Raw): string | undefined {
  return typeof raw.value === 'string' ? raw.value : undefined;
}

export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
