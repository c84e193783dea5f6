import type { z } from 'zod';
import type { Text } from '../../locales/catalogue.ts';
import type { FieldFault } from '../problem.ts';

/** More than these help nobody; the rest shows when these are mended. */
const MOST_FAULTS = 200;
const LONGEST_NAME = 80;

type Issue = z.core.$ZodIssue;
type Words = readonly [wrong: string, expected: string];

/** What zod found wrong with `value`, one fault a field, in words for people and without what stands there. */
export function faultsOf(issues: readonly Issue[], value: unknown, text: Text): readonly FieldFault[] {
  const faults = issues.flatMap((issue): FieldFault[] => {
    if (issue.code === 'unrecognized_keys') {
      const words: Words = [text('api.wrong.unknown_field'), text('api.expected.known_field')];
      return issue.keys.map((key) => fault([...issue.path, key], words));
    }
    return [fault(issue.path, wordsOf(issue, valueAt(value, issue.path), text))];
  });
  return faults.slice(0, MOST_FAULTS);
}

/** A fault that no schema knows: `wrong` and `expected` are keys below `api.wrong` and `api.expected`. */
export function faultIn(field: string, wrong: string, expected: string, text: Text): FieldFault {
  return { field, wrong: text(`api.wrong.${wrong}`), expected: text(`api.expected.${expected}`) };
}

function fault(path: readonly PropertyKey[], [wrong, expected]: Words): FieldFault {
  return { field: path.map((step) => String(step).slice(0, LONGEST_NAME)).join('.'), wrong, expected };
}

function wordsOf(issue: Issue, found: unknown, text: Text): Words {
  switch (issue.code) {
    case 'invalid_type':
      return [typeOf(found, text), text('api.expected.type', { type: issue.expected })];
    case 'too_big':
      return [
        text('api.wrong.too_much'),
        text(`api.expected.at_most_${unitOf(issue.origin)}`, { max: Number(issue.maximum) }),
      ];
    case 'too_small':
      return [
        text('api.wrong.too_little'),
        text(`api.expected.at_least_${unitOf(issue.origin)}`, { min: Number(issue.minimum) }),
      ];
    case 'invalid_value':
      return [text('api.wrong.not_a_choice'), text('api.expected.choice', { choices: issue.values.join(', ') })];
    case 'invalid_format':
      return [text('api.wrong.form'), text(issue.message)];
    default:
      return [text('api.wrong.form'), text('api.expected.described')];
  }
}

function typeOf(found: unknown, text: Text): string {
  if (found === undefined) return text('api.wrong.missing');
  // 1e999: JSON knows it, no number can hold it.
  if (typeof found === 'number' && !Number.isFinite(found)) return text('api.wrong.too_much');
  const type = found === null ? 'null' : Array.isArray(found) ? 'array' : typeof found;
  return text('api.wrong.type', { type });
}

function unitOf(origin: string): 'characters' | 'entries' | 'number' {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : 'number';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, step)
        ? (part as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}
