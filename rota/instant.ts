/** An instant: milliseconds since 1970-01-01T00:00:00Z, UTC. The only form of time outside `civil.ts`. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

/** Half-open span of time: `start` belongs to it, `end` does not. */
export type Span = { readonly start: Instant; readonly end: Instant };

export const SECOND: Duration = 1000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
/** 24 hours, not a civil day: a civil day has 23 to 25 of them, see `civil.ts`. */
export const DAY: Duration = 24 * HOUR;

/** RFC 3339 with milliseconds and `Z`, the form that the journal keeps. */
export function rfc3339(at: Instant): string {
  return new Date(at).toISOString();
}

/** Reads what `rfc3339` wrote (any RFC 3339 time with an offset). Throws on anything else. */
export function instant(text: string): Instant {
  const at = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`expected an RFC 3339 time with an offset, got ${JSON.stringify(text)}`);
  return at;
}
