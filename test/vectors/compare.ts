import type { EscalationCase, ExpectedPage, Played, SeenNotice, SeenPage } from './case.ts';

/** What a case says of a run: where it differs, and what was left out of the comparison. */
export type Verdict = { readonly differences: readonly string[]; readonly outside: readonly string[] };

/**
 * Compares a run with what the case expects. Tocsin's policies never end, so pages of rounds after the last that the case
 * asks for, and those of the last resort, are outside the comparison and are counted.
 */
export function compare(one: EscalationCase, played: Played): Verdict {
  const lastRound = Math.max(
    ...policiesOf(one).map(({ repeat }) => (repeat === 'forever' ? Number.POSITIVE_INFINITY : repeat + 1)),
  );
  const inside = played.pages.filter(({ round }) => round !== 'last_resort' && round <= lastRound);
  const lastResort = played.pages.filter(({ round }) => round === 'last_resort').length;
  const later = played.pages.length - inside.length - lastResort;
  return {
    differences: [
      ...pagesDiffer(one, inside),
      ...silenceBroken(one, inside),
      ...countsDiffer(one, inside),
      ...statesDiffer(one, played),
      ...noticesDiffer(one, played.notices),
    ],
    outside: [
      ...(later > 0 ? [`${later} pages of later rounds`] : []),
      ...(lastResort > 0 ? [`${lastResort} pages of the last resort`] : []),
      ...played.bundles.map((bundle) => `bundled: ${bundle}`),
    ],
  };
}

export function policiesOf({ policy, policies }: EscalationCase) {
  return policy === undefined ? Object.values(policies ?? {}) : [policy];
}

function pagesDiffer(one: EscalationCase, seen: readonly SeenPage[]): readonly string[] {
  const { pages, may = [], pages_until: until = one.horizon_min } = one.expect;
  if (pages === undefined) return [];
  if (one.tags.includes('bundle')) return whoIsPagedDiffers(pages, seen);
  const left = seen.filter(({ t }) => t <= until);
  const missing = pages.filter((expected) => !take(left, expected));
  const surplus = left.filter((page) => !may.some((allowed) => matches(page, allowed)));
  return [...missing.map((page) => `missing ${text(page)}`), ...surplus.map((page) => `surplus ${text(page)}`)];
}

/** When and in how many messages a bundle travels is the product's choice. */
function whoIsPagedDiffers(pages: readonly ExpectedPage[], seen: readonly SeenPage[]): readonly string[] {
  const what = (page: { who: string; method: string; request: string }) => `${page.who} ${page.method} ${page.request}`;
  const expected = new Set(pages.map(what));
  const came = new Set(seen.map(what));
  return [
    ...[...expected].filter((one) => !came.has(one)).map((one) => `missing ${one}`),
    ...[...came].filter((one) => !expected.has(one)).map((one) => `surplus ${one}`),
  ];
}

function take(left: SeenPage[], expected: ExpectedPage): boolean {
  const index = left.findIndex((page) => matches(page, expected));
  if (index >= 0) left.splice(index, 1);
  return index >= 0;
}

function matches(page: SeenPage, { t, who, method, request, tol_s }: ExpectedPage): boolean {
  const near = Math.abs(page.t - t) * 60 <= tol_s + 0.001;
  return near && page.who === who && page.method === method && page.request === request;
}

type SpanOf = { from: number; to: number; who: string; request?: string | undefined };

function concerns(page: SeenPage, { who, request }: SpanOf): boolean {
  return (who === '*' || page.who === who) && (request === undefined || page.request === request);
}

function silenceBroken(one: EscalationCase, seen: readonly SeenPage[]): readonly string[] {
  if (one.tags.includes('bundle')) return [];
  return (one.expect.silence ?? []).flatMap((span) =>
    seen
      .filter((page) => page.t > span.from && page.t <= span.to && concerns(page, span))
      .map((page) => `not silent after ${span.from}: ${text(page)}`),
  );
}

function countsDiffer(one: EscalationCase, seen: readonly SeenPage[]): readonly string[] {
  return (one.expect.count ?? []).flatMap((span) => {
    const found = seen.filter((page) => page.t >= span.from && page.t < span.to && concerns(page, span)).length;
    const low = span.n ?? span.min ?? 0;
    const high = span.n ?? span.max ?? Number.POSITIVE_INFINITY;
    return found >= low && found <= high ? [] : [`${found} pages to ${span.who} from ${span.from} to ${span.to}`];
  });
}

function statesDiffer(one: EscalationCase, { states }: Played): readonly string[] {
  return Object.entries(one.expect.state ?? {}).flatMap(([request, expected]) =>
    states[request] === expected ? [] : [`${request} is ${states[request]}, expected ${expected}`],
  );
}

function noticesDiffer({ expect }: EscalationCase, seen: readonly SeenNotice[]): readonly string[] {
  const found = (notice: SeenNotice) =>
    seen.some(({ t, to, about }) => Math.abs(t - notice.t) <= 1 && to === notice.to && about === notice.about);
  const missing = (expect.notices ?? []).filter((notice) => !found(notice));
  const surplus = (expect.no_notices ?? []).filter(found);
  return [
    ...missing.map(({ t, to, about }) => `no notice at ${t} to ${to} about ${about}`),
    ...surplus.map(({ t, to, about }) => `a notice at ${t} to ${to} about ${about}`),
  ];
}

function text({ t, who, method, request }: SeenPage | ExpectedPage): string {
  return `${t} ${who} ${method} ${request}`;
}
