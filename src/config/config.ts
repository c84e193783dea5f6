import type { DutyHours } from '../../rota/duty-hours.ts';
import type { Duration } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { WeeklyRotaSpec } from '../../rota/weekly.ts';
import type { ContactMethod, Limits, OfficerRules, Policy } from '../paging/policy.ts';
import type { ClockSetting } from '../request/clocks.ts';
import type { Ground } from '../request/message.ts';
import type { Urgency } from '../request/urgency.ts';

/**
 * What one revision of the configuration says: who is there and who is paged how. Everything is checked, every default
 * is filled in, and there is no secret in it.
 */
export type Config = {
  readonly officers: readonly Officer[];
  /** At least one. */
  readonly desks: readonly Desk[];
  /** Who left, and who takes over what they still hold. */
  readonly left: readonly { readonly officer: OfficerId; readonly to: OfficerId }[];
  readonly limits: Limits;
  readonly backup?: Backup;
};

export type Backup = {
  /** Where scheduled backups go; without it none is made. */
  readonly folder?: string;
  /** `HH:MM` at the first desk. */
  readonly at: string;
  readonly keep: { readonly daily: number; readonly weekly: number };
  /** A public key of age. */
  readonly recipient?: string;
  /** How long paging of what was open is held after a restore. */
  readonly hold: Duration;
};

export type Officer = {
  readonly id: OfficerId;
  readonly name: string;
  /** ISO 639-1. */
  readonly languages: readonly string[];
  /** Only for an officer who has none in the store. */
  readonly methods: readonly MethodSeed[];
  /** Their `method` is the id of a contact method (`ana/sms`); it may be one that only the store knows. */
  readonly rules: OfficerRules;
  /** Names in chats, by chat. */
  readonly handles: Readonly<Record<string, string>>;
};

/**
 * A contact method to begin with. Ids are unique in the installation: `ana/sms` for an officer's, `duty/ncp/sms` for
 * one that belongs to the duty of a desk. The address of a pager is the officer's id.
 */
export type MethodSeed = Omit<ContactMethod, 'verified'>;

export type Desk = {
  readonly id: string;
  readonly name: string;
  /** Before the number in its references; empty for the one desk whose references read `2026-0042`. */
  readonly letters: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** ISO 639-1; never empty. */
  readonly languages: readonly string[];
  /** No window: round the clock. */
  readonly dutyHours: DutyHours;
  /** At least one. */
  readonly officers: readonly Member[];
  /** Belong to whoever is on duty: the handset that goes from hand to hand. */
  readonly dutyMethods: readonly MethodSeed[];
  /** The desk page is always among them. */
  readonly channels: readonly Channel[];
  readonly rota: WeeklyRotaSpec;
  /** Their ids are the urgencies. */
  readonly policies: Readonly<Record<Urgency, Policy>>;
  /** By row of the urgency table; their ids are `row-5`. A row without one has the policy of its urgency. */
  readonly rowPolicies: Readonly<Record<string, Policy>>;
  /** Departures from the clocks of the kinds, by the name of the clock there. */
  readonly clocks: Readonly<Record<string, ClockSetting>>;
  readonly lowering: {
    /** A second officer must agree before the urgency goes down. */ readonly secondOfficer: boolean;
  };
  /** Grounds of refusal that are only open to a Party that made a reservation, and that this one made. */
  readonly reservations: readonly 'dual_criminality'[];
  readonly keywords: Readonly<Record<KeywordUrgency, readonly string[]>>;
  readonly urgencyRows: readonly UrgencyRow[];
  readonly sources: readonly Source[];
};

export type Member = { readonly id: OfficerId /** `officer` unless said otherwise. */; readonly role: string };

/** `full`: whole cards. `summary`: urgency, short id, kind, clocks, who has it, a link. */
export type Channel = { readonly id: string; readonly type: 'page'; readonly content: 'full' | 'summary' };

export type KeywordUrgency = 'emergency' | 'urgent';

/**
 * A row that the desk adds to the urgency table. Its id begins with a letter, those of the table with a digit. All
 * conditions hold at once; each is met by any of its values.
 */
export type UrgencyRow = {
  readonly id: string;
  readonly when: UrgencyConditions;
  /** A row can only make a request more urgent. */
  readonly urgency: KeywordUrgency;
  /** Shown on the card. */
  readonly reason: string;
};

export type UrgencyConditions = {
  readonly kinds?: readonly string[];
  readonly grounds?: readonly Ground[];
  /** ISO 3166-1 alpha-2, as the sender states it. */
  readonly countries?: readonly string[];
  /** Ids of sources of this desk. */
  readonly sources?: readonly string[];
  readonly words?: readonly string[];
};

export type Source = {
  readonly id: string;
  readonly name: string;
  readonly network?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** An explicit "not urgent" of a known source holds unless a life is at risk. */
  readonly known: boolean;
  /** It may send tests. */
  readonly tests: boolean;
  /** SHA-256 of its bearer token, lower-case hex. */
  readonly tokenSha256: string;
};
