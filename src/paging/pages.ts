import { type Instant, rfc3339 } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { PageData } from '../request/entries.ts';
import type { Urgency } from '../request/urgency.ts';
import type { ContactMethod } from './policy.ts';
import { afterStorm, ringTimes, rulesOf, withinLimits } from './times.ts';
import type { PastPage, Team, World } from './world.ts';

/** One ringing of one or more people for one request. */
export type Call = {
  readonly requestId: string;
  readonly urgency: Urgency;
  readonly began: Instant;
  /** Rules that ring again do so until then. */
  readonly until: Instant;
  /** Temporary failures are tried again at least until then; `until` where it is absent. */
  readonly giveUpAt?: Instant;
};

/** Every page that this call makes to one officer: his own rules for the urgency, and the duty handset if he holds it. */
export function pagesTo(officer: OfficerId, call: Call, team: Team, world: World): readonly PageData[] {
  const methods = usableMethods(officer, team);
  const rules = rulesOf(team.rules(officer), call.urgency, methods);
  const rung = rules.flatMap((rule) => {
    const method = methods.find(({ id, type }) => id === rule.method || type === rule.method);
    if (method === undefined) return [];
    return ringTimes(rule, call.began, call.until).map((at) => pageBy(method, at, officer, methods, call, world));
  });
  // Rules that name only methods he no longer has must not leave him unpaged.
  return rung.length > 0
    ? rung
    : methods.slice(0, 1).map((method) => pageBy(method, call.began, officer, methods, call, world));
}

/** The officer's own methods, then the duty's if he is on duty. */
export function usableMethods(officer: OfficerId, team: Team): readonly ContactMethod[] {
  return team.onDuty.includes(officer) ? [...team.methods(officer), ...team.dutyMethods] : team.methods(officer);
}

export function pageData(officer: OfficerId, method: string, dueAt: Instant, call: Call, world: World): PageData {
  const giveUpAt = Math.max(call.giveUpAt ?? call.until, dueAt + (call.until - call.began));
  return { id: world.newId(), officer, method, dueAt: rfc3339(dueAt), giveUpAt: rfc3339(giveUpAt) };
}

/** A notice to a channel; as a step of a policy it counts like a page. */
export function noticeData(channel: string, call: Call, world: World): PageData {
  const times = { dueAt: rfc3339(call.began), giveUpAt: rfc3339(call.giveUpAt ?? call.until) };
  return { id: world.newId(), channel, method: `channel:${channel}`, ...times };
}

/**
 * An emergency leaves at once and alone. Anything else keeps within the limits of its method and travels with what else
 * goes to the officer; a page that its limit would hold back beyond the window takes another method instead.
 */
function pageBy(
  method: ContactMethod,
  wanted: Instant,
  officer: OfficerId,
  methods: readonly ContactMethod[],
  call: Call,
  world: World,
): PageData {
  if (call.urgency === 'emergency') return pageData(officer, method.id, wanted, call, world);
  const history: readonly PastPage[] = world.history.filter((past) => past.officer === officer);
  const allowed = (type: string) => withinLimits(wanted, type, officer, world.limits, history);
  const late = allowed(method.type) > Math.max(call.until, wanted);
  const other = late ? methods.find(({ id, type }) => id !== method.id && allowed(type) <= call.until) : undefined;
  const by = other ?? method;
  return pageData(
    officer,
    by.id,
    afterStorm(allowed(by.type), call.until, call.requestId, by.id, history),
    call,
    world,
  );
}
