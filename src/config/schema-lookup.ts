import type { z } from 'zod';
import type { Path } from './path.ts';
import { isGroup, stepInto } from './raw.ts';

export type Node = z.core.JSONSchema.BaseSchema;

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
    let shapes = shapesOf([schema], file);
    let value = file;
    for (const step of path) {
      value = stepInto(value, step);
      shapes = shapesOf(below(shapes, step), value);
    }
    return {
      title: shapes.find(({ title }) => title !== undefined)?.title,
      values: shapes.flatMap((node) => [...(node.enum ?? []), node.const]).filter((word) => typeof word === 'string'),
      keys: keysOf(shapes),
    };
  };
}

/** The schemas that a value may have, of those that `nodes` leave open. */
export function shapesOf(nodes: readonly Node[], value: unknown): readonly Node[] {
  return nodes.flatMap((node) => alternatives(node, value));
}

/** What may stand under a key, or at a position of a list. */
export function below(shapes: readonly Node[], step: string | number): readonly Node[] {
  return shapes.map((shape) => (typeof step === 'number' ? shape.items : ownProperty(shape, step))).filter(isNode);
}

export function keysOf(shapes: readonly Node[]): readonly string[] {
  return [...new Set(shapes.flatMap(({ properties }) => Object.keys(properties ?? {})))];
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
