import { instant } from '../../../rota/instant.ts';
import { hasText, type Values } from '../../locales/catalogue.ts';
import type { EntryData, EntryType, Outcome, PageData } from '../../request/entries.ts';
import { kindOf } from '../../request/kinds.ts';
import { reasonText } from '../../request/triage-reason.ts';
import type { Reader } from '../viewer.ts';
import { stepText } from './holder.ts';
import { codeText, nameOfThing } from './names.ts';

/** What the sentences of a request's story need beside its entries. */
export type Telling = {
  readonly viewer: Reader;
  readonly zone: string;
  /** The request's own desk: only others are named. */
  readonly desk: string;
  readonly kind: string;
  /** "Ana Example (pager)" for a page by its id. */
  readonly page: (id: string) => string;
  readonly methodOf: (page: PageData) => string;
  readonly shortIdOf: (request: string) => string;
};

type Tell<T extends EntryType> = (data: EntryData<T>, telling: Telling) => Values;

/** What fills the sentence of an entry (`story.<type>`). A new type of entry does not compile without one. */
export const VALUES: { readonly [T in EntryType]: Tell<T> } = {
  'request.received/1': ({ source, network, kind, urgency, provisional, reason, nature }, telling) => ({
    source: telling.viewer.nameOfSource(source),
    network: network ?? 'none',
    kind: kindText(telling, kind),
    urgency: urgencyText(telling, urgency),
    provisional: provisional ? 'yes' : 'no',
    reason: becauseText(telling, reason),
    nature: nature === undefined ? 'none' : telling.viewer.text(`nature.${nature}`),
  }),
  'request.appended/1': () => ({}),
  'request.linked/1': ({ request, reason }, telling) => ({
    other: telling.shortIdOf(request),
    reason: likenessText(telling.viewer, reason),
  }),
  'attachment.added/1': ({ size }, { viewer }) => ({ size: sizeText(viewer, size) }),
  'urgency.raised/1': ({ from, to, reason }, telling) => ({
    ...fromTo(telling, from, to),
    reason: becauseText(telling, reason),
  }),
  'lowering.proposed/1': ({ by, to }, telling) => ({
    officer: telling.viewer.nameOf(by),
    to: urgencyText(telling, to),
  }),
  'urgency.lowered/1': ({ from, to, reviewDueAt }, telling) => ({
    ...fromTo(telling, from, to),
    time: timeText(telling, reviewDueAt),
  }),
  'review.due/1': ({ pages }, telling) => ({ count: pages.length, whom: whomText(telling, pages) }),
  'urgency.reviewed/1': ({ agreed }) => ({ agreed: agreed ? 'yes' : 'no' }),
  'kind.chosen/1': ({ kind }, telling) => ({ kind: kindText(telling, kind) }),
  'sender.verified/1': () => ({}),
  'policy.changed/1': ({ policy }, { viewer }) => ({ policy: policyText(viewer, policy) }),
  'round.began/1': ({ desk, round }, telling) => ({ round, desk: deskText(telling, desk) }),
  'step.rang/1': ({ desk, round, step, cause, pages, until }, telling) => ({
    desk: deskText(telling, desk),
    round,
    step: stepText(telling.viewer, step),
    count: pages.length,
    whom: whomText(telling, pages),
    cause: telling.viewer.text(`cause.${cause}`),
    time: timeText(telling, until),
  }),
  'last_resort.rang/1': ({ desk, round, pages }, telling) => ({
    desk: deskText(telling, desk),
    round,
    whom: whomText(telling, pages),
  }),
  'round.rang/1': ({ desk, round, pages }, telling) => ({
    desk: deskText(telling, desk),
    round,
    whom: whomText(telling, pages),
  }),
  'round.waits/1': ({ until }, telling) => ({ time: timeText(telling, until) }),
  'page.added/1': ({ page }, telling) => ({ whom: whomText(telling, [page]) }),
  'page.advanced/1': ({ page }, telling) => ({ whom: telling.page(page) }),
  'page.handed_over/1': ({ page }, telling) => ({ whom: telling.page(page) }),
  'page.seen/1': ({ by }, { viewer }) => ({ officer: viewer.nameOf(by) }),
  'page.failed/1': ({ page, code, class: kind }, telling) => ({
    whom: telling.page(page),
    code: codeText(telling.viewer, 'delivery_code', code),
    class: telling.viewer.text(`failure_class.${kind}`),
  }),
  'request.acknowledged/1': ({ by, progressDueAt }, telling) => ({
    officer: telling.viewer.nameOf(by),
    time: timeText(telling, progressDueAt),
  }),
  'request.released/1': byOfficer,
  'request.passed/1': byOfficer,
  'request.escalated/1': byOfficer,
  'request.reassigned/1': ({ by, to }, { viewer }) => ({ officer: viewer.nameOf(by), to: viewer.nameOf(to) }),
  'request.handed_over/1': ({ from, to, progressDueAt }, telling) => ({
    officer: telling.viewer.nameOf(from),
    to: telling.viewer.nameOf(to),
    time: timeText(telling, progressDueAt),
  }),
  'owner.reminded/1': ({ officer, until }, telling) => ({
    officer: telling.viewer.nameOf(officer),
    time: timeText(telling, until),
  }),
  'progress.lapsed/1': ({ officer }, { viewer }) => ({ officer: viewer.nameOf(officer) }),
  'note.written/1': () => ({}),
  'clarification.asked/1': ({ progressDueAt }, telling) => ({ time: timeText(telling, progressDueAt) }),
  'request.waits/1': ({ until }, telling) => ({ time: timeText(telling, until) }),
  'requester.told/1': ({ duty, channel, toldAt, promised }, telling) => ({
    duty: telling.viewer.text(`told.${duty}`),
    channel: nameOfThing(telling.viewer, 'means', channel),
    time: timeText(telling, toldAt),
    promised: promised === undefined ? 'none' : timeText(telling, promised.dueAt),
  }),
  'execution.started/1': () => ({}),
  'hold.started/1': ({ effectiveAt, clock }, telling) => ({
    from: timeText(telling, effectiveAt),
    time: timeText(telling, clock.dueAt),
  }),
  'request.concluded/1': ({ outcome }, telling) => ({ outcome: outcomeText(telling, outcome) }),
  'request.closed/1': ({ why }, { viewer }) => ({ why: viewer.text(`closed.${why}`) }),
  'request.reopened/1': ({ why, clocks = [] }, { viewer }) => ({
    why: viewer.text(`reopened.${why}`),
    clocks: clocks.map(({ name }) => nameOfThing(viewer, 'clock', name)).join(', ') || 'none',
  }),
  'clock.warned/1': ofClock,
  'clock.rang/1': ofClock,
  'clock.stopped/1': ({ clock, reason }, telling) => ({
    ...ofClock({ clock }, telling),
    reason: nameOfThing(telling.viewer, 'clock_stopped', reason),
  }),
};

function byOfficer({ by }: { readonly by: string }, { viewer }: Telling): Values {
  return { officer: viewer.nameOf(by) };
}

function ofClock({ clock }: { readonly clock: string }, { viewer }: Telling): Values {
  return { clock: nameOfThing(viewer, 'clock', clock) };
}

function timeText({ viewer, zone }: Telling, at: string): string {
  return viewer.timesIn(zone).precise(instant(at), viewer.now);
}

function deskText({ desk }: Telling, other: string): string {
  return other === desk ? 'own' : other;
}

function kindText({ viewer }: Telling, kind: string): string {
  return nameOfThing(viewer, 'kind', kind);
}

function urgencyText({ viewer }: Telling, urgency: string): string {
  return viewer.text(`urgency.${urgency}`);
}

function fromTo(telling: Telling, from: string, to: string): Values {
  return { from: urgencyText(telling, from), to: urgencyText(telling, to) };
}

/** Why the table, or a person, gave the urgency. */
function becauseText({ viewer }: Telling, reason: string): string {
  if (reason === 'by_hand') return viewer.text('raised.by_hand');
  const { key, values } = reasonText(reason);
  return viewer.text(key, values);
}

export function likenessText(viewer: Reader, reason: string): string {
  return nameOfThing(viewer, 'likeness', reason.replace(/^same_/, ''));
}

export function policyText({ text }: Reader, policy: string): string {
  if (hasText(`urgency.${policy}`)) return text(`urgency.${policy}`);
  const [, row] = /^row-(.+)$/.exec(policy) ?? [];
  return row === undefined ? policy : text('policy.of_row', { row });
}

const KILO = 1024;

export function sizeText({ language }: Reader, bytes: number): string {
  const [amount, unit] =
    bytes < KILO
      ? [bytes, 'byte']
      : bytes < KILO * KILO
        ? [bytes / KILO, 'kilobyte']
        : [bytes / KILO / KILO, 'megabyte'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(amount);
}

export function outcomeText(telling: Pick<Telling, 'viewer' | 'zone' | 'kind'>, outcome: Outcome): string {
  const { viewer, zone } = telling;
  const { text } = viewer;
  switch (outcome.result) {
    case 'answered': {
      const time = viewer.timesIn(zone).short(instant(outcome.sentAt), viewer.now);
      return text('outcome_in_full.answered', { channel: nameOfThing(viewer, 'means', outcome.channel), time });
    }
    case 'refused':
      return text('outcome_in_full.refused', { ground: groundText(viewer, telling.kind, outcome.ground) });
    case 'not_possible':
      return text('outcome_in_full.not_possible', { reason: nameOfThing(viewer, 'not_possible', outcome.reason) });
    case 'no_further_action':
      return text('outcome_in_full.no_further_action');
    case 'forwarded':
      return text('outcome_in_full.forwarded', { to: nameOfThing(viewer, 'recipient', outcome.to) });
  }
}

/** A ground with its article; one in the officer's own words has neither. */
export function groundText(viewer: Reader, kind: string, ground: string): string {
  const known = kindOf(kind)?.refusalGrounds.find(({ code }) => code === ground);
  return known === undefined ? nameOfThing(viewer, 'ground', ground) : `${known.article} – ${viewer.text(known.text)}`;
}

/** "Ana Example (pager, SMS), channel room" */
function whomText(telling: Telling, pages: readonly PageData[]): string {
  const methods = new Map<string, Set<string>>();
  for (const page of pages) {
    const who = pagedName(telling.viewer, page);
    methods.set(who, (methods.get(who) ?? new Set()).add(page.channel === undefined ? telling.methodOf(page) : ''));
  }
  return [...methods].map(([who, by]) => withMethods(who, [...by].filter(Boolean))).join(', ');
}

export function pagedName(
  { text, nameOf }: Reader,
  { officer, channel }: { readonly officer?: string; readonly channel?: string },
): string {
  if (officer !== undefined) return nameOf(officer);
  return channel === undefined ? text('target.duty') : text('target.channel', { channel });
}

export function withMethods(who: string, methods: readonly string[]): string {
  return methods.length === 0 ? who : `${who} (${methods.join(', ')})`;
}
