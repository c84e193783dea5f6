/** Where something stands in the file: keys and positions in lists, from the top. */
export type Path = readonly (string | number)[];

/** As people read it: `desks[0].policies.rows["5"].steps[1]`. */
export function pathText(path: Path): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
