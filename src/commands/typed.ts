import type { OfficerId } from '../../rota/rota.ts';
import type { Desk } from '../desk/desk.ts';
import type { Actor } from '../journal/actor.ts';
import type { Disclosure } from '../ports/channel.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { Parsed } from './parsed.ts';
import type { Asker, Found } from './which.ts';

/** The search: what a text finds among the requests that the one who asks may see. */
export type Find = (query: string, asker: Asker) => Promise<FoundRows>;

export type FoundRows = {
  readonly rows: readonly RequestRow[];
  readonly more: boolean;
  /** Not all of it is indexed yet. */
  readonly indexing: boolean;
  /** Conditions that were not understood. */
  readonly leftOut: readonly string[];
};

export type CommandParts = { readonly desk: Desk; readonly find: Find };

export type Typed = {
  readonly text: string;
  /** Who commands; without one, whoever runs the machine may look and do nothing. */
  readonly officer?: OfficerId | undefined;
  /** In whose name the journal keeps it; the officer's unless said otherwise. */
  readonly actor?: Actor | undefined;
  /** Id of the request beside which it was typed: it is meant where a name may be left out. */
  readonly beside?: string | undefined;
  /** How much of a case may stand in the reply. */
  readonly disclosure: Disclosure;
};

/** A command that has its request. */
export type OnRequest = Found & {
  readonly parsed: Parsed;
  /** Its name was left out. */
  readonly assumed: boolean;
};
