/**
 * What a sender told us, as an intake read it. Every text in it is case content: it is stored as one erasable piece and
 * never reaches a log, a metric, an SMS or the journal.
 */
export type Message = {
  /** Their own reference, exactly as they wrote it. */
  readonly ownReference?: string;
  /** Kind named by a person or an authenticated source. Absent: nobody chose one, see the urgency table. */
  readonly kind?: string;
  readonly urgency?: ClaimedUrgency;
  /** Objective grounds the sender names for the urgency. */
  readonly grounds?: readonly Ground[];
  readonly sender: Sender;
  readonly subject?: string;
  readonly text?: string;
  /** Answers to the items of the kind, by item id (see `kinds.ts`). */
  readonly items: Readonly<Record<string, string>>;
  readonly identifiers: readonly Identifier[];
  /** Of a request to extend a preservation: when that one ends, as written. Without an offset the zone is not guessed. */
  readonly preservedUntil?: string;
  /** ISO 639-1 code of the language it is written in, where known. */
  readonly language?: string;
};

/** What the sender claims; what it becomes is decided by the urgency table. */
export type ClaimedUrgency = 'emergency' | 'urgent' | 'not_urgent' | 'test';

/** Legal and factual grounds of urgency. Sources: 2AP Art. 3(2)(c); Directive (EU) 2023/977 Art. 4(5); Convention Art. 31(3)(a). */
export type Ground =
  | 'life' // risk to the life or safety of a person (2AP 3(2)(c); Directive ground U2)
  | 'public_security' // immediate and serious threat to public security (U1)
  | 'custody' // decision on measures up to deprivation of liberty (U3)
  | 'data_loss' // data particularly vulnerable to loss or modification (31(3)(a); U4)
  | 'locate_suspect';

export type Sender = {
  readonly organisation?: string;
  readonly person?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly email?: string;
  readonly phone?: string;
};

/** Something that can be looked up at a provider: an address with its time, an account, a page. */
export type Identifier = {
  readonly type: 'ip' | 'account' | 'email' | 'phone' | 'url' | 'domain' | 'other';
  readonly value: string;
  readonly port?: number;
  /** When it was used, as written. Without an offset the zone is not stated, and it is not guessed. */
  readonly at?: string;
  /** The same moment in UTC where the sender gives both, to be compared. */
  readonly atUtc?: string;
};
