import type { Text } from './text.ts';

/** Every reason of the standard table: a code, or a code and its detail. Never a word of the message. */
export const REASONS = [
  'claim:emergency',
  'claim:urgent',
  'claim:test',
  'kind:emergency',
  'kind:locate',
  'kind:test',
  'ground:life',
  'ground:public_security',
  'ground:custody',
  'ground:data_loss',
  'ground:locate_suspect',
  'keyword:life',
  'keyword:infrastructure',
  'keyword:custody',
  'keyword:data_loss',
  'keyword:locate',
  'keyword:urgent',
  'keyword:test',
  'ping',
  'ping_not_proven',
  'test_not_accepted',
  'kind_not_chosen',
  'kind_not_proven',
  'said_not_urgent',
  'complete',
  'incomplete',
  'hold_ends_soon',
  'kind_named',
  'added_row',
  'no_row',
] as const;

/** A desk's configuration may bring keyword classes of its own. */
export type Reason = (typeof REASONS)[number] | `keyword:${string}`;

const KNOWN: ReadonlySet<string> = new Set(REASONS);

/** What a reason, as the journal keeps it, is called for people. */
export function reasonText(reason: string): Text {
  if (KNOWN.has(reason)) return { key: `triage.reason.${reason.replace(':', '.')}`, values: {} };
  return { key: 'triage.reason.other', values: { reason: reason.replace(/^keyword:/, '') } };
}
