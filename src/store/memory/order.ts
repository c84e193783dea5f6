/** Compares by the values that `of` gives, first by the first: numbers by size, texts by their code units. */
export function by<T>(of: (row: T) => readonly (string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    const right = of(b);
    for (const [i, left] of of(a).entries()) {
      const order = compare(left, right[i] ?? left);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
