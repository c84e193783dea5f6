import type { Actor } from '../journal/actor.ts';
import type { Nature, Verification } from '../request/entries.ts';
import type { Message } from '../request/message.ts';
import type { RequestState } from '../request/state.ts';

/** Who hands a request in, as the configuration and the way it came say; never as the message says. */
export type Origin = {
  readonly desk: string;
  readonly source: string;
  readonly network?: string;
  /** By its token or the directory. */
  readonly known: boolean;
  readonly mayTest: boolean;
  readonly verification: Verification;
  readonly actor: Actor;
};

export type Incoming = {
  /** Made before anything is stored, so that after an unknown commit it can be looked up. */
  readonly id: string;
  readonly message: Message;
  readonly original?: Uint8Array;
  readonly attachments: readonly { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }[];
  readonly kindChosenBy: 'person' | 'source' | 'nobody';
  /** Recorded as what it is: an automatic answer pages nobody unless it speaks of a danger to life. */
  readonly nature: 'request' | Nature;
  readonly notes: readonly string[];
  readonly bodySha256: string;
  readonly idempotencyKey?: string;
  /** The source sends faster than it may: refused, unless it is an emergency. */
  readonly overRate: boolean;
  readonly inbox?: string;
};

export type Received =
  | { readonly result: 'received' | 'replayed' | 'appended'; readonly request: RequestState }
  | { readonly result: 'key_reused' }
  | { readonly result: 'over_rate' };
