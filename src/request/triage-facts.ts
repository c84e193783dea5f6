import { DAY, type Duration, type Instant } from '../../rota/instant.ts';
import type { Matcher } from './keyword-matcher.ts';
import type { KeywordClass } from './keywords.ts';
import type { Kind } from './kind.ts';
import type { Ground, Message } from './message.ts';
import { rangeOf, readTime } from './sender-time.ts';
import { isLabelledTest } from './test-label.ts';
import type { Reason } from './triage-reason.ts';

/** What is known about a message beside its words. */
export type TriageContext = {
  readonly now: Instant;
  /** Id of the source that it came from, as the configuration has it. */
  readonly source: string;
  /** The kind it is treated as; `other` while nobody has chosen one. */
  readonly kind: Kind;
  readonly kindChosenBy: 'person' | 'source' | 'nobody';
  /** The *sender* is known, by a token of its own or by the directory; a From line alone makes nobody known. */
  readonly sourceKnown: boolean;
  /** This source is allowed to send tests. */
  readonly sourceMayTest: boolean;
  /** Ids of the items of the law that are missing. */
  readonly missing: readonly string[];
  /** A mail that was labelled a test of the connection. */
  readonly isPing?: boolean;
};

/** What the rows of the urgency table ask. Undefined: nothing of the sort. */
export type Facts = {
  readonly life: Reason | undefined;
  readonly infrastructure: Reason | undefined;
  readonly custody: Reason | undefined;
  readonly dataLoss: Reason | undefined;
  readonly locate: Reason | undefined;
  /** "Emergency" claimed in the field made for it. */
  readonly claimedEmergency: Reason | undefined;
  readonly markedUrgent: Reason | undefined;
  /** A test, of a source known to us that may test. */
  readonly test: Reason | undefined;
  /** It says that it is a test, and its source is not known or may not test. */
  readonly testNotAccepted: Reason | undefined;
  /** Whether it is believed or not. */
  readonly saidTest: boolean;
  /** Nobody chose the kind, or somebody unknown named one that would be routine. */
  readonly kindUnproven: Reason | undefined;
  /** An explicit "not urgent" of a known sender. */
  readonly saidNotUrgent: Reason | undefined;
  readonly preserve: boolean;
  readonly spoc: boolean;
  readonly complete: boolean;
  readonly holdEndsSoon: boolean;
  /** For rows that configuration adds. */
  readonly keywords: ReadonlySet<string>;
  readonly grounds: readonly Ground[];
  readonly kind: string;
  readonly country: string | undefined;
  readonly source: string;
};

type FoundClass = Exclude<KeywordClass, 'not_urgent' | 'neutral' | 'test'>;

/** Less than this to the end of a preservation makes its extension a matter of its own row. */
const SOON: Duration = 7 * DAY;

/** Reads a message once for all rows. Language, completeness and an unknown sender never take anything away. */
export function factsOf(message: Message, context: TriageContext, matcher: Matcher): Facts {
  const keywords = matcher([message.subject, message.text, ...Object.values(message.items)].join('\n\n'));
  const grounds = message.grounds ?? [];
  const { kind, source } = context;
  const found = (name: FoundClass): Reason | undefined => (keywords.has(name) ? `keyword:${name}` : undefined);
  const given = (ground: Ground): Reason | undefined => (grounds.includes(ground) ? `ground:${ground}` : undefined);
  const treatedAs = (as: 'emergency' | 'locate'): Reason | undefined =>
    kind.triagedAs === as ? `kind:${as}` : undefined;
  const test = testReason(message, context, keywords);
  return {
    life: given('life') ?? treatedAs('emergency') ?? found('life'),
    infrastructure: given('public_security') ?? found('infrastructure'),
    custody: given('custody') ?? found('custody'),
    dataLoss: given('data_loss') ?? found('data_loss'),
    locate: given('locate_suspect') ?? treatedAs('locate') ?? found('locate'),
    claimedEmergency: message.urgency === 'emergency' ? 'claim:emergency' : undefined,
    markedUrgent: message.urgency === 'urgent' ? 'claim:urgent' : found('urgent'),
    test: mayTest(context) ? test : undefined,
    testNotAccepted: mayTest(context) ? undefined : notAccepted(test, kind),
    saidTest: test !== undefined,
    kindUnproven: kindUnproven(context),
    saidNotUrgent: context.sourceKnown && saysNotUrgent(message, keywords) ? 'said_not_urgent' : undefined,
    preserve: kind.triagedAs === 'preserve',
    spoc: kind.triagedAs === 'spoc',
    complete: context.missing.length === 0,
    holdEndsSoon: holdEndsSoon(message, context),
    keywords,
    grounds,
    kind: kind.id,
    country: message.sender.country,
    source,
  };
}

/** Whether it asks to extend a preservation that may end soon, or has ended. Of the ends that a time may mean the first counts. */
function holdEndsSoon({ preservedUntil }: Message, { kind, now }: TriageContext): boolean {
  if (!kind.mayExtend || preservedUntil === undefined) return false;
  const end = rangeOf(readTime(preservedUntil));
  return end !== undefined && end.earliest - now < SOON;
}

/** The field counts as it stands; the words only where nothing else in the message speaks against them. */
export function saysNotUrgent(message: Message, keywords: ReadonlySet<string>): boolean {
  if (message.urgency !== undefined) return message.urgency === 'not_urgent';
  return keywords.has('not_urgent') && !keywords.has('urgent') && (message.grounds ?? []).length === 0;
}

function mayTest({ sourceKnown, sourceMayTest }: TriageContext): boolean {
  return sourceKnown && sourceMayTest;
}

/** The field and the kind count as they stand; label and words only where nothing else in the message speaks against them. */
function testReason(
  message: Message,
  { kind, isPing }: TriageContext,
  keywords: ReadonlySet<string>,
): TestReason | undefined {
  if (message.urgency === 'test') return 'claim:test';
  if (kind.triagedAs === 'test') return 'kind:test';
  if (message.urgency !== undefined || (message.grounds ?? []).length > 0 || keywords.has('urgent')) return undefined;
  if (isPing) return 'ping';
  const inWords = keywords.has('test') || isLabelledTest(message.subject) || isLabelledTest(message.text);
  return inWords ? 'keyword:test' : undefined;
}

type TestReason = 'claim:test' | 'kind:test' | 'keyword:test' | 'ping';

/**
 * A test that is not believed is somebody who wants an answer in real time: it rings like an urgent request. Words alone
 * say nothing of a preservation, which is as urgent anyway and has more to be told.
 */
function notAccepted(said: TestReason | undefined, kind: Kind): Reason | undefined {
  if (said === undefined || (said === 'keyword:test' && kind.triagedAs === 'preserve')) return undefined;
  return said === 'ping' ? 'ping_not_proven' : 'test_not_accepted';
}

function kindUnproven({ kind, kindChosenBy, sourceKnown }: TriageContext): Reason | undefined {
  if (kindChosenBy === 'nobody') return 'kind_not_chosen';
  const routine = kind.triagedAs === 'routine' || kind.triagedAs === 'spoc';
  return routine && kindChosenBy === 'source' && !sourceKnown ? 'kind_not_proven' : undefined;
}
