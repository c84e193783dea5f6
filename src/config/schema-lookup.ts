import type { z } from 'zod';
import type { Path } from './path.ts';
import { isGroup, stepInto } from './raw.ts';

type Node = z.core.JSONSchema.BaseSchema;

/** What the schema says of a place in the file. Where several shapes are allowed, of all of them. */
export type Expectation = {
  readonly title: string | undefined;
  /** Keys that may stand here. */
  readonly keys: readonly string[];
  /** Words that may stand here, where only some may. */
  readonly values: readonly string[];
};

/**
 * Looks into the JSON Schema, so that faults need no second list of keys and no look inside zod. Of several shapes of a
 * group only those count whose fixed keys (`type: sms`) are those of `file`.
 */
export function expectations(schema: Node, file: unknown): (path: Path) => Expectation {
  return (path) => {
    let nodes = alternatives(schema, file);
    let value = file;
    for (const step of path) {
      const below = stepInto(value, step);
      nodes = nodes.flatMap((node) => child(node, step)).flatMap((node) => alternatives(node, below));
      value = below;
    }
    return {
      title: nodes.find(({ title }) => title !== undefined)?.title,
      values: nodes.flatMap((node) => [...(node.enum ?? []), node.const]).filter((word) => typeof word === 'string'),
      keys: [...new Set(nodes.flatMap(({ properties }) => Object.keys(properties ?? {})))],
    };
  };
}

function child(node: Node, step: string | number): readonly Node[] {
  const below = typeof step === 'number' ? node.items : ownProperty(node, step);
  return isNode(below) ? [below] : [];
}

function ownProperty({ properties, additionalProperties }: Node, key: string): unknown {
  return properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
}

function alternatives(node: Node, value: unknown): readonly Node[] {
  const shapes = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(isNode);
  const fitting = shapes.filter((shape) => hasFixedKeys(shape, value));
  return [node, ...(fitting.length > 0 ? fitting : shapes).flatMap((shape) => alternatives(shape, value))];
}

function hasFixedKeys({ properties }: Node, value: unknown): boolean {
  return Object.entries(properties ?? {}).every(
    ([key, property]) => !isNode(property) || property.const === undefined || property.const === stepInto(value, key),
  );
}

function isNode(value: unknown): value is Node {
  return isGroup(value);
}
