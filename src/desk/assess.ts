import type { Instant } from '../../rota/instant.ts';
import { checks } from '../request/checks.ts';
import { completeness } from '../request/completeness.ts';
import type { Kind } from '../request/kind.ts';
import { kindOf, UNCHOSEN } from '../request/kinds.ts';
import { type Triage, triage } from '../request/triage.ts';
import type { Incoming, Origin } from './incoming.ts';
import type { DeskSetup } from './setup.ts';

/** What the rules make of a message before anybody is asked. */
export type Assessment = {
  readonly kind: Kind;
  readonly triage: Triage;
  readonly missing: readonly string[];
  readonly flags: readonly { readonly code: string; readonly path: string }[];
};

export function assess(setup: DeskSetup, origin: Origin, incoming: Incoming, now: Instant): Assessment {
  const { message, kindChosenBy, nature } = incoming;
  const kind = (message.kind === undefined ? undefined : kindOf(message.kind)) ?? UNCHOSEN;
  const { missing } = completeness(kind, message);
  const ofLaw = missing.filter(({ requirement }) => requirement === 'law').map(({ item }) => item);
  const { source, known: sourceKnown, mayTest: sourceMayTest } = origin;
  const sender = { source, sourceKnown, sourceMayTest };
  const context = { now, ...sender, kind, kindChosenBy, missing: ofLaw, isPing: nature === 'ping' };
  const found = triage(message, context, setup.triage);
  const flags = checks(message, now).map(({ code, path }) => ({ code, path }));
  return { kind, triage: found, missing: missing.map(({ item }) => item), flags };
}

/** An automatic answer or a bounce that speaks of no danger: kept and shown, and nobody is woken. */
export function isNoRequest({ nature }: Incoming, { triage: found }: Assessment): boolean {
  return (nature === 'bounce' || nature === 'auto_reply') && found.urgency !== 'emergency';
}
