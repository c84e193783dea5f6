import { type Duration, type Instant, MINUTE } from '../../rota/instant.ts';
import type { Urgency } from '../request/urgency.ts';
import type { ContactMethod, Limits, OfficerRules, Rule } from './policy.ts';
import type { PastPage } from './world.ts';

/** The first page to an officer leaves at once; those of other requests in the next minute travel together. */
export const STORM: Duration = MINUTE;

/** Without rules of his own an officer is rung by his methods in order, this far apart; in an emergency by all at once. */
const BETWEEN_METHODS: Duration = 2 * MINUTE;

/** How the officer wants to be rung for this urgency, or the methods in their order. */
export function rulesOf(rules: OfficerRules, urgency: Urgency, methods: readonly ContactMethod[]): readonly Rule[] {
  const own = rules[urgency];
  if (own !== undefined && own.length > 0) return own;
  return methods.map(({ id }, index) => ({ method: id, after: urgency === 'emergency' ? 0 : index * BETWEEN_METHODS }));
}

/** The moments at which a rule rings: once, or again until the window ends. A first ring may outlast the window. */
export function ringTimes(rule: Rule, began: Instant, until: Instant): readonly Instant[] {
  const first = began + rule.after;
  if (rule.every === undefined || rule.every <= 0) return [first];
  const more = Math.max(0, Math.ceil((until - first) / rule.every) - 1);
  return Array.from({ length: more + 1 }, (_, index) => first + index * (rule.every ?? 0));
}

/**
 * When a page that is wanted at `wanted` may leave: it joins the bundle that is already waiting for the officer, or the
 * one that closes a minute after the last page left; but it waits for company at most half of the time until its window
 * ends, so that the officer can still answer in it. Pages of the same request never wait for one another.
 */
export function afterStorm(
  wanted: Instant,
  until: Instant,
  requestId: string,
  methodId: string,
  history: readonly PastPage[],
): Instant {
  const latest = wanted + Math.floor(Math.max(0, until - wanted) / 2);
  const others = history.filter((past) => past.methodId === methodId && past.requestId !== requestId);
  const bundle = others.filter((past) => past.waiting && past.at >= wanted && past.at <= wanted + STORM);
  if (bundle.length > 0) return Math.min(latest, ...bundle.map((past) => past.at));
  const last = Math.max(...others.filter((past) => past.at <= wanted).map((past) => past.at));
  return Math.max(wanted, Math.min(latest, last + STORM));
}

/** The first moment from `wanted` on at which one more page keeps within every limit of the method type. */
export function withinLimits(
  wanted: Instant,
  methodType: string,
  officer: string,
  limits: Limits,
  history: readonly PastPage[],
): Instant {
  const times = history
    .filter((past) => past.officer === officer && past.methodType === methodType)
    .map((past) => past.at)
    .sort((a, b) => a - b);
  return (limits[methodType] ?? []).reduce((at, { max, within }) => {
    const blocking = times.filter((time) => time > at - within);
    const oldest = blocking[blocking.length - max];
    return oldest === undefined ? at : Math.max(at, oldest + within);
  }, wanted);
}
