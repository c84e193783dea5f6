import type { DutyHours } from '../../rota/duty-hours.ts';
import type { Duration } from '../../rota/instant.ts';
import type { OfficerId, Override, Rota } from '../../rota/rota.ts';
import type { Limits, OfficerRules, Policy } from '../paging/policy.ts';
import type { Disclosure } from '../ports/channel.ts';
import type { Reads } from '../ports/steps.ts';
import type { ClockSettings } from '../request/clocks.ts';
import type { TriageTable } from '../request/triage.ts';
import type { Urgency } from '../request/urgency.ts';

/** One desk as one revision of the configuration has it. */
export type DeskSetup = {
  readonly id: string;
  readonly name: string;
  /** Of its references; empty for the one desk that may go without. Fixed at its birth. */
  readonly letters: string;
  readonly zone: string;
  readonly languages: readonly string[];
  readonly officers: readonly Member[];
  /** Names of those who send to it, by their id. */
  readonly sourceNames: Readonly<Record<string, string>>;
  readonly dutyHours: DutyHours;
  /** The main rota, which overrides apply to. */
  readonly rota: (overrides: readonly Override[]) => Rota;
  /** Further rotas that policies may name. */
  readonly otherRotas: Readonly<Record<string, Rota>>;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly policyFor: (urgency: Urgency, row: string) => string;
  readonly channels: readonly { readonly id: string; readonly disclosure: Disclosure }[];
  readonly triage: TriageTable;
  /** Why the desk added a row to the urgency table, in its own words, by the row's id. */
  readonly rowReasons: Readonly<Record<string, string>>;
  /** A second officer must agree before the urgency goes down. */
  readonly loweringNeedsConsent: boolean;
  /** Grounds of refusal that need a reservation, and that the Party made. */
  readonly reservations: readonly string[];
  readonly clocks: ClockSettings;
};

export type Member = {
  readonly id: OfficerId;
  readonly name: string;
  readonly role: string;
  readonly rules: OfficerRules;
};

/** The configuration, revision by revision. Revisions never change, so what was loaded once stays right. */
export interface Setups {
  /** Number of the newest applied revision. */
  newest(): number;
  /** The desk in a revision that is loaded; the newest always is. Undefined when that revision has no such desk. */
  desk(id: string, revision?: number): DeskSetup | undefined;
  desks(): readonly DeskSetup[];
  limits(): Limits;
  /** Makes sure that these revisions can be asked for; inside a step, read by the step. */
  load(revisions: readonly number[], reads: Pick<Reads, 'revision'>): Promise<void>;
}

/** How long pages are looked back on: the longest limit. */
export function lookBack(limits: Limits): Duration {
  return Math.max(0, ...Object.values(limits).flatMap((each) => each.map(({ within }) => within)));
}

export function memberOf(desk: DeskSetup, officer: OfficerId): Member | undefined {
  return desk.officers.find(({ id }) => id === officer);
}

/** Ids of the desks that the officer belongs to now. */
export function desksWithOfficer(setups: Pick<Setups, 'desks'>, officer: OfficerId): readonly string[] {
  return setups.desks().flatMap((desk) => (memberOf(desk, officer) === undefined ? [] : [desk.id]));
}

/** Empty for a desk without one. */
export function headsOf({ officers }: DeskSetup): readonly OfficerId[] {
  return officers.filter(({ role }) => role === 'head').map(({ id }) => id);
}

/** No limit counts more pages than this. */
export function mostCounted(limits: Limits): number {
  return Math.max(1, ...Object.values(limits).flatMap((each) => each.map(({ max }) => max)));
}
