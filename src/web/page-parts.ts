import type { Taken } from '../desk/checkpoints.ts';
import type { Unapplied } from '../desk/configuration.ts';
import type { Desk } from '../desk/desk.ts';
import type { Hold } from '../desk/held.ts';
import type { Actor } from '../journal/actor.ts';
import type { Revision } from '../ports/revisions.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { Timers } from '../ports/timers.ts';
import type { Hub } from './page/hub.ts';
import type { PagerHub } from './pager/hub.ts';

/** What the pages need of the house. */
export type PageParts = {
  readonly desk: Desk;
  readonly sessions: Sessions;
  /** Tells open windows what changed; the desk page's channels publish to it. */
  readonly hub: Hub;
  /** The pagers that are connected; the pager's method rings them. */
  readonly pagers: PagerHub;
  readonly timers: Timers;
  /** Called after each committed action, so that the engine looks at once for what follows from it. */
  readonly nudge: () => void;
  readonly house: HouseFacts;
};

/** What the pages tell of the house itself. */
export type HouseFacts = {
  /** Why the file is not what runs; undefined when it is. */
  readonly unapplied: () => Unapplied | undefined;
  /** The revision in force. */
  readonly revision: () => Revision | undefined;
  /** The newest checkpoint in the journal. */
  readonly checkpoint: () => Promise<Taken | undefined>;
  readonly held: HeldFacts;
};

/** The hold after a restore. */
export type HeldFacts = {
  readonly current: () => Hold | undefined;
  /** What is held on these desks. */
  readonly requests: (desks: readonly string[]) => Promise<readonly RequestRow[]>;
  /** False when nothing was held. */
  readonly resume: (actor: Actor) => Promise<boolean>;
};
