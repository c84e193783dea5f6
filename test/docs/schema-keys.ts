import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Node = {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly additionalProperties?: Node | boolean;
};

/** Names that say which of several equal things is meant; the manual writes them as one. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  '<urgency>': ['emergency', 'urgent', 'routine', 'test'],
  '<type>': ['pager', 'sms', 'voice', 'mail'],
};
/** Where those stand for themselves. */
const OWN_NAMES = /^desks\[\]\.keywords$/;

/** One value may stand for a list of one, and the policy of a row has the keys of any policy. */
const SAME = [/(?<=\.page)\[\]/, /rows\.<row>(?=\.)/] as const;

/** Every key of `tocsin.yaml` as the JSON Schema has it: `desks[].policies.<urgency>.steps[].window`. */
export function schemaKeys(): readonly string[] {
  const schema = readFileSync(join(import.meta.dirname, '../../docs/tocsin.schema.json'), 'utf8');
  const keys = keysIn(JSON.parse(schema) as Node, '');
  return [...new Set(keys.map((key) => key.replace(SAME[0], '').replace(SAME[1], '<urgency>')))];
}

function keysIn(node: Node, path: string): readonly string[] {
  const { properties = {}, items, anyOf = [], oneOf = [], additionalProperties } = node;
  return [
    ...Object.entries(properties).flatMap(([key, child]) => keysOf(placeOf(key, path), child, path)),
    ...(typeof additionalProperties === 'object' ? keysOf('<row>', additionalProperties, path) : []),
    ...(items === undefined ? [] : keysIn(items, path.endsWith('[]') ? path : `${path}[]`)),
    ...[...anyOf, ...oneOf].flatMap((one) => keysIn(one, path)),
  ];
}

function keysOf(key: string, node: Node, parent: string): readonly string[] {
  const path = parent === '' ? key : `${parent}.${key}`;
  return [path, ...keysIn(node, path)];
}

function placeOf(key: string, parent: string): string {
  if (OWN_NAMES.test(parent)) return key;
  return Object.keys(PLACES).find((place) => PLACES[place]?.includes(key)) ?? key;
}
