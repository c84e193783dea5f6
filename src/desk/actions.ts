import type { CommandType } from '../request/command.ts';
import type { RequestState } from '../request/state.ts';

/** What a person has to give for an action, told once for the page, the chats and the command line. */
export type Field = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
};

/** `words` are case content; the others are names that the rules know. */
export type FieldKind =
  | 'words'
  | 'time'
  | 'officer'
  | 'urgency'
  | 'kind'
  | 'ground'
  | 'reason'
  | 'policy'
  | 'clock'
  | 'duty'
  | 'means'
  | 'recipient'
  | 'stop_reason'
  | 'agreement';

type Action = { readonly fields: readonly Field[]; readonly on: readonly RequestState['status'][] };

const words = (name: string): Field => ({ name, kind: 'words', required: true });
const maybeWords = (name: string): Field => ({ name, kind: 'words', required: false });
const field = (name: string, kind: FieldKind): Field => ({ name, kind, required: true });

/** Every action, what it asks for, and in which states it makes sense; whether it may happen is decided by the rules. */
export const ACTIONS: Readonly<Record<CommandType, Action>> = {
  acknowledge: { fields: [], on: ['open'] },
  pass: { fields: [], on: ['open'] },
  escalate: { fields: [], on: ['open', 'acknowledged'] },
  release: { fields: [], on: ['acknowledged'] },
  wait: { fields: [field('until', 'time'), words('for'), words('because')], on: ['acknowledged'] },
  ask: { fields: [words('text')], on: ['acknowledged'] },
  tell: {
    fields: [
      field('duty', 'duty'),
      field('channel', 'means'),
      field('told_at', 'time'),
      { name: 'next_at', kind: 'time', required: false },
    ],
    on: ['acknowledged'],
  },
  verify_sender: { fields: [words('how')], on: ['open', 'acknowledged'] },
  start: { fields: [], on: ['acknowledged'] },
  hold: { fields: [field('effective_at', 'time')], on: ['acknowledged'] },
  answer: {
    fields: [field('channel', 'means'), field('sent_at', 'time'), maybeWords('text')],
    on: ['open', 'acknowledged'],
  },
  refuse: { fields: [field('ground', 'ground'), maybeWords('text')], on: ['open', 'acknowledged'] },
  not_possible: { fields: [field('reason', 'reason'), maybeWords('text')], on: ['open', 'acknowledged'] },
  no_further_action: { fields: [maybeWords('text')], on: ['open', 'acknowledged'] },
  forward: { fields: [field('to', 'recipient'), maybeWords('text')], on: ['open', 'acknowledged'] },
  reassign: { fields: [field('to', 'officer')], on: ['open', 'acknowledged'] },
  raise: { fields: [field('to', 'urgency'), maybeWords('text')], on: ['open', 'acknowledged'] },
  lower: { fields: [field('to', 'urgency'), words('text')], on: ['open', 'acknowledged'] },
  consent: { fields: [], on: ['open', 'acknowledged'] },
  review: { fields: [field('agreed', 'agreement')], on: ['open', 'acknowledged', 'concluded', 'closed'] },
  choose_kind: { fields: [field('kind', 'kind')], on: ['open', 'acknowledged'] },
  change_policy: { fields: [field('policy', 'policy')], on: ['open', 'acknowledged'] },
  stop_clock: {
    fields: [field('clock', 'clock'), field('reason', 'stop_reason')],
    on: ['open', 'acknowledged', 'concluded'],
  },
  note: { fields: [words('text')], on: ['open', 'acknowledged', 'concluded', 'closed'] },
  close: { fields: [], on: ['concluded', 'acknowledged', 'open'] },
  reopen: { fields: [], on: ['concluded', 'closed'] },
};

export function isAction(name: string): name is CommandType {
  return Object.hasOwn(ACTIONS, name);
}

/** The actions that a card offers in this state, the likely ones first. */
export function actionsOn(state: RequestState): readonly CommandType[] {
  const offered = Object.entries(ACTIONS).filter(([, { on }]) => on.includes(state.status));
  return offered.map(([name]) => name as CommandType).filter((name) => makesSense(name, state));
}

function makesSense(name: CommandType, state: RequestState): boolean {
  if (name === 'consent') return state.proposal !== undefined;
  if (name === 'review') return state.review !== undefined;
  if (name === 'verify_sender') return state.verification.how === 'unverified';
  if (name === 'stop_clock') return Object.values(state.clocks).some((clock) => clock.stopped === undefined);
  if (name === 'close') return state.status === 'concluded' || state.urgency === 'test';
  if (name === 'hold') return state.kind === 'preservation';
  return true;
}
