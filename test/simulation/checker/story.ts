import { type Instant, instant } from '../../../rota/instant.ts';
import type { Told } from './told.ts';

/** How far the paging of one desk has come, as the journal tells it. */
export type Ladder = {
  readonly desk: string;
  /** 0: the next round is the first of a new episode. */
  round: number;
  roundAt: Instant;
  policy: string;
  /** Steps that rang in this round. */
  rung: Set<string>;
  /** Everybody was rung because nothing had got through: the next round comes after a longer wait. */
  desperate: boolean;
};

/** A request as the checker folds it, on its own, from the journal. */
export type Story = {
  readonly id: string;
  readonly shortId: string;
  readonly desk: string;
  status: 'open' | 'acknowledged' | 'concluded' | 'closed';
  owner: string | null;
  urgency: string;
  policy: string;
  version: number;
  /** Somebody has acknowledged it and nothing has undone that. */
  isAcknowledged: boolean;
  /** Who gave it back, until the next step has rung. */
  releasedBy: string | undefined;
  /** The owner has named a time of the next progress. */
  waits: boolean;
  /** By desk; its own first. */
  readonly ladders: Map<string, Ladder>;
  /** Pages that were handed over. */
  readonly handedOver: Set<string>;
  /** Due times of its alarms when they were looked at last. */
  alarms: ReadonlyMap<string, Instant>;
};

export function newStory({ data, at }: Told): Story {
  const { request = '', shortId = '', desk = '', urgency = '', policy = '' } = data;
  return {
    id: request,
    shortId,
    desk,
    status: 'open',
    owner: null,
    urgency,
    policy,
    version: 0,
    isAcknowledged: false,
    releasedBy: undefined,
    waits: false,
    ladders: new Map([[desk, freshLadder(desk, policy, instant(at))]]),
    handedOver: new Set(),
    alarms: new Map(),
  };
}

export function freshLadder(desk: string, policy: string, at: Instant): Ladder {
  return { desk, round: 0, roundAt: at, policy, rung: new Set(), desperate: false };
}

export function ladderOf(story: Story, { data, at }: Told): Ladder {
  const desk = data.desk ?? story.desk;
  const known = story.ladders.get(desk) ?? freshLadder(desk, story.policy, instant(at));
  story.ladders.set(desk, known);
  return known;
}

type Fold = (story: Story, told: Told) => void;

/** What each entry makes of the story; entries that are not here change nothing that is checked. */
const FOLDS: Readonly<Record<string, Fold>> = {
  'request.acknowledged/1': (story, { data }) => take(story, data.by),
  'request.handed_over/1': (story, { data }) => take(story, data.to),
  'request.released/1': (story, { data }) => {
    open(story);
    story.releasedBy = data.by;
  },
  'request.escalated/1': (story) => {
    if (story.status === 'acknowledged') open(story);
  },
  'request.reassigned/1': (story, told) => {
    const hadOwner = story.status === 'acknowledged';
    open(story);
    if (hadOwner) beginAnew(story, told);
  },
  'progress.lapsed/1': (story, told) => {
    open(story);
    beginAnew(story, told);
  },
  'request.reopened/1': (story, told) => {
    open(story);
    story.policy = told.data.policy ?? story.policy;
    beginAnew(story, told);
  },
  'request.concluded/1': (story) => {
    story.status = 'concluded';
  },
  'request.closed/1': (story) => {
    story.status = 'closed';
  },
  // What is to be rung otherwise begins anew: at once, or when whoever has it gives it back.
  'urgency.raised/1': (story, told) => {
    change(story, told);
    beginAnew(story, told);
  },
  'policy.changed/1': (story, told) => {
    change(story, told);
    beginAnew(story, told);
  },
  'urgency.lowered/1': (story, told) => change(story, told),
  'round.began/1': (story, told) => beginRound(story, told, false),
  'round.rang/1': (story, told) => {
    beginRound(story, told, true);
    rang(story, told);
  },
  'step.rang/1': (story, told) => {
    rang(story, told);
    const ladder = ladderOf(story, told);
    ladder.rung.add(String(told.data.step));
    ladder.desperate = false;
    for (const desk of told.data.desks ?? []) {
      if (!story.ladders.has(desk)) story.ladders.set(desk, freshLadder(desk, story.policy, instant(told.at)));
    }
  },
  'last_resort.rang/1': (story, told) => {
    rang(story, told);
    const ladder = ladderOf(story, told);
    ladder.rung.add('last_resort');
    if (told.data.alongside !== true) ladder.desperate = true;
  },
  'page.handed_over/1': (story, { data }) => void story.handedOver.add(String(data.page)),
  'request.waits/1': (story) => {
    story.waits = true;
  },
  'clarification.asked/1': progressed,
  'requester.told/1': progressed,
  'execution.started/1': progressed,
  'hold.started/1': progressed,
};

export function fold(story: Story, told: Told): void {
  FOLDS[told.type]?.(story, told);
  story.version = told.n;
}

function take(story: Story, owner: string | undefined): void {
  story.status = 'acknowledged';
  story.owner = owner ?? null;
  story.isAcknowledged = true;
  story.waits = false;
}

/** Nobody has it any more; other desks are paged only when a step says so again. */
function open(story: Story): void {
  story.status = 'open';
  story.owner = null;
  story.isAcknowledged = false;
  story.waits = false;
  for (const desk of story.ladders.keys()) if (desk !== story.desk) story.ladders.delete(desk);
  // Given back or given on by name: when all have passed again, the head is paged again.
  story.ladders.get(story.desk)?.rung.delete('head');
}

function rang(story: Story, { data }: Told): void {
  if (data.desk === story.desk) story.releasedBy = undefined;
}

function beginAnew(story: Story, { data, at }: Told): void {
  story.ladders.set(story.desk, freshLadder(story.desk, data.policy ?? story.policy, instant(at)));
}

function beginRound(story: Story, told: Told, isDesperate: boolean): void {
  const ladder = ladderOf(story, told);
  ladder.round = told.data.round ?? 0;
  ladder.roundAt = instant(told.at);
  ladder.policy = told.data.policy ?? ladder.policy;
  ladder.rung = new Set();
  ladder.desperate = isDesperate;
}

function change(story: Story, { data }: Told): void {
  story.urgency = data.to ?? story.urgency;
  story.policy = data.policy ?? story.policy;
}

function progressed(story: Story): void {
  story.waits = false;
}
