/** What can be wrong with a journal. The words are part of the format: both verifiers print them. */
export const FINDINGS = {
  wrong_number: 'another number stands here: entries were removed, added or changed places',
  wrong_body: 'the body is not that of an entry, or of one with another installation, stream or number',
  epoch_went_back: 'the entry is of an earlier epoch than the one before it',
  hash_mismatch: 'previous hash and body do not give the hash: the body was changed, or one of the hashes',
  head_mismatch: 'a checkpoint saw another hash here: this entry or one before it was changed and hashed anew',
  content_mismatch: 'content and salt do not give the hash that the entry holds',
  content_missing: 'the content that the entry refers to is gone, and no entry of the stream says that it was erased',
  cut_tail: 'a checkpoint saw this entry, and it is gone',
  missing_stream: 'a checkpoint saw this stream, and it is gone',
} as const;

export type FindingKind = keyof typeof FINDINGS;

/** The first broken entry. Where one is gone, `n` is the first number that is missing. */
export type Finding = { readonly stream: string; readonly n: number; readonly what: FindingKind };

/** What a verification that found nothing did not prove. */
export const DOUBTS = {
  no_checkpoint: 'that nobody who can write the store made all hashes anew: give a checkpoint that was kept elsewhere',
  after_checkpoint: 'anything written after the checkpoint that was given',
  other_streams: 'that there are no other streams: this is a part of a journal',
  uncovered: 'that the end of these streams is their end: no checkpoint here names them',
  erased: 'what the erased content was',
} as const;

export type DoubtKind = keyof typeof DOUBTS;
export type Doubt = { readonly what: DoubtKind; readonly streams?: readonly string[] };

/** Content that is gone as it should be: the entry that refers to it, and when it was erased (RFC 3339, UTC). */
export type Erased = Omit<Finding, 'what'> & { readonly content: string; readonly erasedAt: string };

export type Report =
  | {
      readonly outcome: 'ok';
      readonly streams: number;
      readonly entries: number;
      readonly contents: number;
      readonly erased: readonly Erased[];
      readonly notProved: readonly Doubt[];
    }
  | { readonly outcome: 'broken'; readonly finding: Finding }
  | { readonly outcome: 'unusable'; readonly why: string };

/** The input is no journal that can be judged: not in the format, cut off, or not fit for the checkpoint given. */
export class Unusable extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'Unusable';
  }
}
