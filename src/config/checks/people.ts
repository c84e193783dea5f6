import type { Finding } from '../fault.ts';
import { field, fields, items, type Raw, textOf } from '../raw.ts';
import { METHOD_TYPES } from '../sections/methods.ts';
import { type Check, texts, twice, unknown } from './references.ts';

/** Officers have ids of their own, their methods too, and their rules name methods that they can have. */
export const checkPeople: Check = (file) => {
  const officers = items(field(file, 'officers'));
  return [
    ...twice(
      officers.map((officer) => field(officer, 'id')),
      'the id of an officer',
    ),
    ...officers.flatMap(checkOfficer),
    ...unknown(
      items(field(file, 'left')).map((leaver) => field(leaver, 'to')),
      texts(officers.map((officer) => field(officer, 'id'))),
      'an officer',
    ),
  ];
};

function checkOfficer(officer: Raw): readonly Finding[] {
  const names = methodNames(field(officer, 'methods'));
  const rules = fields(field(officer, 'rules')).flatMap(items);
  const named = rules.map((rule) => field(rule, 'method'));
  return [...sameMethods(names), ...unknown(named, methodsOf(names), 'a method')];
}

/** A type may be named although the officer has no such method here: the store may know one. */
function methodsOf(names: readonly Raw[]): readonly string[] {
  return [...new Set([...texts(names), ...METHOD_TYPES])];
}

/** Two methods of one owner with one name. */
export function sameMethods(names: readonly Raw[]): readonly Finding[] {
  return twice(names, 'the id of a method', 'an id of its own for the second, such as { id: sms-2, type: sms, … }');
}

/** A method without an id is called like its type. */
export function methodNames(methods: Raw): readonly Raw[] {
  return items(methods).map((method) => {
    const id = field(method, 'id');
    return textOf(id) === undefined ? field(method, 'type') : id;
  });
}
