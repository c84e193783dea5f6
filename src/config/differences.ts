import { isGroup } from './raw.ts';

/**
 * What changed between two canonical texts, one line for each value that is gone (`- `) or new (`+ `), in the order of the
 * texts: `+ desks[ncp].policies.urgent.steps[0].window: "5m"`. Things of a list are named by their id where they have one.
 */
export function differences(before: string, after: string): readonly string[] {
  const old = new Map(leaves(JSON.parse(before), ''));
  const now = new Map(leaves(JSON.parse(after), ''));
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths.flatMap((path) => {
    const [gone, come] = [old.get(path), now.get(path)];
    if (gone === come) return [];
    return [
      ...(gone === undefined ? [] : [`- ${path}: ${gone}`]),
      ...(come === undefined ? [] : [`+ ${path}: ${come}`]),
    ];
  });
}

function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((one: unknown, index) => leaves(one, `${path}[${nameOf(one) ?? index}]`));
  }
  if (isGroup(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, one]) => leaves(one, path === '' ? key : `${path}.${key}`));
  }
  return [[path, JSON.stringify(value)]];
}

function nameOf(value: unknown): string | undefined {
  const id = isGroup(value) ? value['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
