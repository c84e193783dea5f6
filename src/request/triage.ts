import { compileKeywords, type Matcher } from './keyword-matcher.ts';
import { KEYWORDS, type Keywords, SILENCED_BY } from './keywords.ts';
import type { Ground, Message } from './message.ts';
import { type Facts, factsOf, saysNotUrgent, type TriageContext } from './triage-facts.ts';
import type { Reason } from './triage-reason.ts';
import { type Note, ROWS_AFTER_A_DESKS_OWN, ROWS_BEFORE_A_DESKS_OWN, type Row } from './triage-table.ts';
import type { Urgency } from './urgency.ts';

/** How urgent a message is, and why. A person may raise it at once and lower it with a reason. */
export type Triage = {
  readonly urgency: Urgency;
  /** Number of the row of the table, or the id of a row that the desk added. */
  readonly row: string;
  readonly reason: Reason;
  readonly provisional: boolean;
  readonly notes: readonly Note[];
};

export type TriageTable = { readonly rows: readonly Row[]; readonly matcher: Matcher };

/** What a desk's configuration adds. It can only make something more urgent, never less. */
export type TableExtension = {
  /** More keywords for a class, or a class of the desk's own. */
  readonly keywords?: Keywords;
  readonly rows?: readonly AddedRow[];
};

/** All conditions that are given must hold; of each list, one entry. */
export type AddedRow = {
  readonly id: string;
  readonly urgency: 'emergency' | 'urgent';
  readonly when: {
    readonly kinds?: readonly string[];
    readonly grounds?: readonly Ground[];
    /** Classes of keywords. */
    readonly keywords?: readonly string[];
    /** ISO 3166-1 alpha-2, as the sender states it. */
    readonly countries?: readonly string[];
    /** Ids of sources. */
    readonly sources?: readonly string[];
  };
  /** It holds even when a known sender says "not urgent". */
  readonly evenIfNotUrgent?: boolean;
};

/** The table with what a desk adds. Throws when a keyword cannot be looked for; the message names it. */
export function triageTable({ keywords = {}, rows = [] }: TableExtension = {}): TriageTable {
  const merged: Record<string, readonly string[]> = { ...KEYWORDS };
  for (const [name, list] of Object.entries(keywords)) merged[name] = [...(merged[name] ?? []), ...list];
  const added = (urgency: AddedRow['urgency']) => rows.filter((row) => row.urgency === urgency).map(rowOf);
  return {
    // By urgency, so that a row that a desk adds never hides a more urgent one.
    rows: [...ROWS_BEFORE_A_DESKS_OWN, ...added('emergency'), ...added('urgent'), ...ROWS_AFTER_A_DESKS_OWN],
    matcher: compileKeywords(merged, SILENCED_BY),
  };
}

const STANDARD_TABLE = triageTable();

/** The first row that applies. Total: what no row knows is urgent until a person has looked at it. */
export function triage(message: Message, context: TriageContext, table: TriageTable = STANDARD_TABLE): Triage {
  const facts = factsOf(message, context, table.matcher);
  for (const row of table.rows) {
    const reason = row.yields && facts.saidNotUrgent !== undefined ? undefined : row.because(facts);
    if (reason !== undefined) return triaged(row, reason, facts, message);
  }
  return triaged(UNKNOWN, 'no_row', facts, message);
}

const UNKNOWN: Row = { id: '6', urgency: 'urgent', yields: false, provisional: true, because: () => undefined };

function triaged(row: Row, reason: Reason, facts: Facts, message: Message): Triage {
  const unproven = facts.kindUnproven !== undefined;
  const heldDown = row.urgency === 'routine';
  const saidNotUrgent = saysNotUrgent(message, facts.keywords) && row.urgency !== 'test';
  const notes: readonly (Note | false)[] = [
    facts.preserve && 'preserve_first',
    facts.holdEndsSoon && 'answer_before_expiry',
    ...(row.notes ?? []),
    unproven && reason !== 'ping' && reason !== 'ping_not_proven' && 'choose_kind',
    saidNotUrgent && !heldDown && 'not_urgent_set_aside',
    saidNotUrgent && heldDown && namesGround(facts) && 'not_urgent_despite_ground',
    facts.saidTest && row.urgency !== 'test' && 'test_set_aside',
  ];
  return {
    urgency: row.urgency,
    row: row.id,
    reason,
    provisional: unproven || row.provisional === true,
    notes: [...new Set(notes.filter((note) => note !== false))],
  };
}

function namesGround({ infrastructure, custody, dataLoss }: Facts): boolean {
  return [infrastructure, custody, dataLoss].some((ground) => ground !== undefined);
}

function rowOf({ id, urgency, when, evenIfNotUrgent = false }: AddedRow): Row {
  return { id, urgency, yields: !evenIfNotUrgent, because: (facts) => addedReason(when, facts) };
}

function addedReason(when: AddedRow['when'], facts: Facts): Reason | undefined {
  const { kinds, grounds, keywords, countries, sources } = when;
  const keyword = keywords?.find((name) => facts.keywords.has(name));
  const holds =
    (kinds?.includes(facts.kind) ?? true) &&
    (grounds?.some((ground) => facts.grounds.includes(ground)) ?? true) &&
    (countries?.some((country) => country === facts.country) ?? true) &&
    (sources?.includes(facts.source) ?? true) &&
    (keywords === undefined || keyword !== undefined);
  if (!holds) return undefined;
  return keyword === undefined ? 'added_row' : `keyword:${keyword}`;
}
