import { instant } from '../../rota/instant.ts';
import type { Kind, TriagedAs } from '../../src/request/kind.ts';
import { kindOf, UNCHOSEN } from '../../src/request/kinds.ts';
import type { Message } from '../../src/request/message.ts';
import type { TriageContext } from '../../src/request/triage-facts.ts';

export const NOW = instant('2026-11-22T03:00:00Z');

/** A message that says nothing, with what a test wants it to say. */
export function message(said: Partial<Message> = {}): Message {
  return { sender: {}, items: {}, identifiers: [], ...said };
}

/** A known source that names a routine kind and may not test; nothing is missing. */
export function context(given: Partial<TriageContext> = {}): TriageContext {
  const sender = { source: 'ncb', sourceKnown: true, sourceMayTest: false };
  return { now: NOW, ...sender, kind: UNCHOSEN, kindChosenBy: 'source', missing: [], ...given };
}

export function standardKind(id: 'preservation' | 'emergency_disclosure' | 'other'): Kind {
  const kind = kindOf(id);
  if (kind === undefined) throw new Error(`the registry has no kind ${id}`);
  return kind;
}

/** A kind of which only the way it is triaged matters. */
export function kindTriagedAs(triagedAs: TriagedAs): Kind {
  return { ...UNCHOSEN, id: `as_${triagedAs}`, triagedAs };
}
