import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Urgency } from '../request/urgency.ts';
import type { ContactMethod, Limits, OfficerRules, Policy } from './policy.ts';

/** What the paging rules look up when a step rings; loaded before, so that the rules stay pure. */
export type World = {
  /** The newest configuration: the next round takes it. */
  readonly revision: number;
  /** The policy as the given revision has it; a running round keeps the revision it began with. */
  readonly policy: (desk: string, id: string, revision: number) => Policy;
  /** Id of the policy of a desk for this urgency and row of the urgency table, in the newest configuration. */
  readonly policyFor: (desk: string, urgency: Urgency, row: string) => string;
  readonly team: (desk: string) => Team;
  readonly limits: Limits;
  /** Pages of these people in the last hours, claimed or still to go. */
  readonly history: readonly PastPage[];
  readonly newId: () => string;
};

/** The people of one desk as they are at this moment. */
export type Team = {
  readonly onDuty: readonly OfficerId[];
  /** On duty by another rota of the desk; nobody when it has none of that name. */
  readonly onDutyIn: (rota: string) => readonly OfficerId[];
  /** Every officer of the desk who is not suspended. */
  readonly everyone: readonly OfficerId[];
  readonly withRole: (role: string) => readonly OfficerId[];
  readonly rules: (officer: OfficerId) => OfficerRules;
  /** Usable methods of an officer in order: verified, not removed. */
  readonly methods: (officer: OfficerId) => readonly ContactMethod[];
  /** Methods that belong to the duty itself and ring for whoever is on duty. */
  readonly dutyMethods: readonly ContactMethod[];
  /** Channels where this desk sees its requests. */
  readonly channels: readonly string[];
  /** The moment itself in duty hours, else the start of the next. */
  readonly nextDutyTime: (at: Instant) => Instant;
  /** When the progress of an acknowledged request is due, by the policy's own way of counting. */
  readonly progressDueAt: (policy: Policy, from: Instant) => Instant;
};

export type PastPage = {
  readonly requestId: string;
  readonly officer: OfficerId;
  readonly methodId: string;
  readonly methodType: string;
  readonly at: Instant;
  /** Not claimed yet. */
  readonly waiting: boolean;
};
