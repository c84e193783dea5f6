/** What one measure came to, as it is printed. */
export type Result = {
  readonly name: string;
  /** Under which the figures hold. */
  readonly conditions: Readonly<Record<string, string | number>>;
  /** Times in milliseconds unless their name says otherwise. */
  readonly figures: Figures;
  readonly target: string;
  readonly met: boolean;
};

export type Figures = { readonly [name: string]: number | string | Figures };

/** One measure: prepares, measures, cleans up. `folder` is its own, on the disk that is measured. */
export type Measure = (folder: string) => Promise<Result>;

/** The smallest value that `part` (0 to 1) of the values do not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** How times are spread. */
export function spread(values: readonly number[]): { p50: number; p99: number; max: number } {
  return { p50: round(median(values)), p99: round(percentile(values, 0.99)), max: round(percentile(values, 1)) };
}

/** Three digits that mean something: no clock here is better. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
