import type { Duration } from '../../rota/instant.ts';
import type { Policy, Rule } from '../paging/policy.ts';
import type { Config, Desk, MethodSeed, Officer, Source, UrgencyConditions } from './config.ts';
import { formatDuration } from './duration.ts';
import { CLOCK_NAMES } from './sections/clocks.ts';
import { targetText } from './sections/targets.ts';

/**
 * The applied configuration as one text that is always the same for the same configuration: every default filled in,
 * keys in order, tokens only as SHA-256, without what belongs to the machine (database, port). It is JSON in the shape
 * of `tocsin.yaml`, so `parseConfig` reads it back to an equal `Config`, whatever the environment holds by then.
 */
export function canonical({ officers, desks, left, limits, backup }: Config): string {
  const file = {
    officers: officers.map(officerText),
    desks: desks.map(deskText),
    left,
    limits: mapValues(limits, (list) => list.map(({ max, within }) => ({ max, within: formatDuration(within) }))),
    ...(backup === undefined ? {} : { backup: { ...backup, hold: formatDuration(backup.hold) } }),
  };
  return `${JSON.stringify(file, keysInOrder, 1)}\n`;
}

function keysInOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function officerText({ methods, rules, ...officer }: Officer) {
  return { ...officer, methods: methods.map(methodText), rules: mapValues(rules, (list) => list?.map(ruleText)) };
}

function ruleText({ method, after, every }: Rule) {
  return { method: lastPart(method), after: formatDuration(after), every: lengthText(every) };
}

function methodText({ id, type, address }: MethodSeed) {
  return type === 'pager' ? { id: lastPart(id), type } : { id: lastPart(id), type, address };
}

function deskText(desk: Desk) {
  const { start, handover, participants } = desk.rota;
  return {
    id: desk.id,
    name: desk.name,
    letters: desk.letters,
    time_zone: desk.timeZone,
    languages: desk.languages,
    duty_hours: desk.dutyHours.windows,
    officers: desk.officers,
    duty_methods: desk.dutyMethods.map(methodText),
    channels: desk.channels,
    rota: { type: 'weekly', start, handover, order: participants },
    policies: { ...mapValues(desk.policies, policyText), rows: mapValues(desk.rowPolicies, policyText) },
    clocks: clocksText(desk.clocks),
    reservations: desk.reservations,
    lowering: { second_officer: desk.lowering.secondOfficer },
    keywords: desk.keywords,
    urgency_rows: desk.urgencyRows.map((row) => ({ ...row, when: conditionsText(row.when) })),
    sources: desk.sources.map(sourceText),
  };
}

function policyText({ steps, roundMin, progress }: Policy) {
  return {
    steps: steps.map(({ targets, window }) => ({ page: targets.map(targetText), window: formatDuration(window) })),
    round_min: formatDuration(roundMin),
    progress: formatDuration(progress),
  };
}

function clocksText(clocks: Desk['clocks']) {
  const settings = Object.entries(CLOCK_NAMES).map(([key, clock]) => [key, clocks[clock] ?? {}] as const);
  return {
    ...Object.fromEntries(settings.map(([key, { length }]) => [key, lengthText(length)])),
    warn_before: Object.fromEntries(settings.map(([key, { warnBefore }]) => [key, lengthText(warnBefore)])),
  };
}

function conditionsText({ kinds, grounds, countries, sources, words }: UrgencyConditions) {
  return { kind: kinds, ground: grounds, country: countries, source: sources, word: words };
}

function sourceText({ tokenSha256, ...source }: Source) {
  return { ...source, token_sha256: tokenSha256 };
}

/** Undefined values are left out by JSON. */
function lengthText(length: Duration | undefined): string | undefined {
  return length === undefined ? undefined : formatDuration(length);
}

/** Ids of methods carry their owner in front: `ana/sms`. */
function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, change: (value: V) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
