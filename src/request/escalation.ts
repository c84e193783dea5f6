import type { Instant } from '../../rota/instant.ts';
import { instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Cause, EntryData, PageData } from './entries.ts';
import type { Escalation, Page } from './state.ts';

/** A fresh escalation whose first step rings at `ringAt`. */
export function freshEscalation(
  desk: string,
  policy: string,
  revision: number,
  ringAt: Instant,
  cause: Cause,
): Escalation {
  return {
    desk,
    policy,
    revision,
    round: 0,
    roundBeganAt: ringAt,
    step: -1,
    until: ringAt,
    cause,
    again: false,
    passed: [],
    asked: [],
    pages: [],
    desks: [],
    skipped: [],
    handedOver: false,
    lastResort: false,
    emptyRounds: 0,
  };
}

export function pageOf(data: PageData): Page {
  return { ...data, dueAt: instant(data.dueAt), giveUpAt: instant(data.giveUpAt), state: 'pending' };
}

/**
 * A new round forgets who passed, unless it begins because somebody gave the request back, and counts whether the one
 * before reached nobody.
 */
function newRound(escalation: Escalation, round: number, at: Instant): Escalation {
  const empty = escalation.round > 0 && !escalation.handedOver;
  return {
    ...escalation,
    round,
    roundBeganAt: at,
    step: -1,
    passed: escalation.cause === 'released' ? escalation.passed : [],
    asked: [],
    pages: [],
    desks: [],
    skipped: [],
    handedOver: false,
    lastResort: false,
    emptyRounds: empty ? escalation.emptyRounds + 1 : 0,
  };
}

export function roundBegan(escalation: Escalation, data: EntryData<'round.began/1'>, at: Instant): Escalation {
  return { ...newRound(escalation, data.round, at), policy: data.policy, revision: data.revision };
}

export function stepRang(escalation: Escalation, data: EntryData<'step.rang/1'>): Escalation {
  const pages = data.pages.map(pageOf);
  // Who was paged a moment ago by another step is not paged twice, but the step stands.
  const stands = pages.length > 0 || data.desks.length > 0 || data.skipped.some(({ why }) => why === 'just_paged');
  const { named: _served, ...rest } = escalation;
  return {
    ...rest,
    step: typeof data.step === 'number' ? data.step : escalation.step,
    ringing: data.step,
    until: instant(data.until),
    cause: stands ? 'window' : 'skipped',
    again: false,
    asked: union(escalation.asked, officersOf(pages)),
    pages,
    desks: data.desks,
    skipped: data.skipped,
  };
}

export function lastResortRang(escalation: Escalation, data: EntryData<'last_resort.rang/1'>): Escalation {
  const pages = data.pages.map(pageOf).map((page) => (page.channel === undefined ? page : { ...page, aside: true }));
  const asked = union(escalation.asked, officersOf(pages));
  if (data.alongside) return { ...escalation, lastResort: true, asked, pages: [...escalation.pages, ...pages] };
  const until = instant(data.until);
  return { ...escalation, lastResort: true, asked, pages, desks: [], ringing: 'last_resort', until, cause: 'window' };
}

export function roundRang(escalation: Escalation, data: EntryData<'round.rang/1'>, at: Instant): Escalation {
  const pages = data.pages.map(pageOf).map((page) => (page.channel === undefined ? page : { ...page, aside: true }));
  return {
    ...newRound(escalation, data.round, at),
    policy: data.policy,
    revision: data.revision,
    ringing: 'everyone',
    until: instant(data.until),
    cause: 'window',
    again: false,
    asked: officersOf(pages),
    pages,
    lastResort: true,
    // Every step of the policy is in it: the next thing is a new round.
    step: Number.MAX_SAFE_INTEGER,
  };
}

/** The same step once more, without the one who gave it back. */
export function released(escalation: Escalation, by: OfficerId, at: Instant): Escalation {
  return {
    ...escalation,
    passed: union(escalation.passed, [by]),
    until: at,
    cause: 'released',
    again: escalation.step >= 0,
  };
}

/** The next step comes at once when everybody who was paged by the running one has passed. */
export function passed(escalation: Escalation, by: OfficerId, at: Instant): Escalation {
  const now = union(escalation.passed, [by]);
  const asked = officersOf(escalation.pages);
  const everybody = asked.length > 0 && asked.every((officer) => now.includes(officer));
  return { ...escalation, passed: now, ...(everybody ? { until: at, cause: 'passed' as const } : {}) };
}

export function withPageState(escalation: Escalation, id: string, state: Page['state']): Escalation {
  const page = escalation.pages.find((one) => one.id === id);
  // A page of an earlier step that gets through late still counts for the round.
  const reached = state === 'handed_over' && page?.aside !== true;
  return {
    ...escalation,
    handedOver: escalation.handedOver || reached,
    pages: withState(escalation.pages, id, state),
  };
}

/** A page that was handed over once stays so, whatever a later attempt says. */
export function withState(pages: readonly Page[], id: string, state: Page['state']): readonly Page[] {
  return pages.map((page) => (page.id === id && page.state !== 'handed_over' ? { ...page, state } : page));
}

export function officersOf(pages: readonly { readonly officer?: OfficerId }[]): readonly OfficerId[] {
  return union(
    [],
    pages.flatMap((page) => page.officer ?? []),
  );
}

export function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return [...new Set([...a, ...b])];
}
