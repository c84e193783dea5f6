/** Compares by the values that `of` gives, first by the first: numbers by size, texts by their code units. */
export function by<T>(of: (row: T) => readonly (string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    const right = of(b);
    return of(a).reduce<number>((found, left, i) => found || compare(left, right[i] ?? left), 0);
  };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
