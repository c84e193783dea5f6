import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import { clockData, HOLD, holdClocks, progressClock, startClocks } from '../request/clocks.ts';
import type { Command, CommandOf, CommandType } from '../request/command.ts';
import { completeness } from '../request/completeness.ts';
import type { ClockData, ContentRef, Duty } from '../request/entries.ts';
import { kindOf } from '../request/kinds.ts';
import type { Message } from '../request/message.ts';
import { MEANS, RECIPIENTS, STOP_REASONS } from '../request/said-codes.ts';
import type { RequestState } from '../request/state.ts';
import { URGENCIES, type Urgency } from '../request/urgency.ts';
import { ACTIONS, type Field } from './actions.ts';
import { saidTime } from './said-time.ts';
import type { DeskSetup } from './setup.ts';

/** What a person typed or chose, field by field. */
export type Said = Readonly<Record<string, string>>;

/** What is wrong with one field: `code` has a text in the catalogues (`field.<code>`). */
export type FieldFault = { readonly field: string; readonly code: 'missing' | 'not_a_time' | 'not_a_choice' };

type Context = {
  readonly by: OfficerId;
  readonly state: RequestState;
  readonly message: Message;
  readonly desk: DeskSetup;
  readonly now: Instant;
  /** Makes case content of a text; called once for each text. */
  readonly keep: (text: string) => ContentRef;
};

/** The command that an action with these words means, or every field that is wrong with it. */
export function commandOf(
  type: CommandType,
  said: Said,
  context: Context,
): { readonly command: Command } | { readonly faults: readonly FieldFault[] } {
  const faults = ACTIONS[type].fields.flatMap((field) =>
    faultIn(field, said[field.name]?.trim() ?? '', context.desk.zone),
  );
  if (faults.length > 0) return { faults };
  const read = new Reader(said, context);
  const build = builders[type] as (read: Reader, context: Context) => object;
  return { command: { type, by: context.by, ...build(read, context) } as Command };
}

function faultIn(field: Field, text: string, zone: string): readonly FieldFault[] {
  if (text === '') return field.required ? [{ field: field.name, code: 'missing' }] : [];
  if (field.kind === 'time' && saidTime(text, zone) === undefined) return [{ field: field.name, code: 'not_a_time' }];
  const choices = CHOICES[field.kind];
  return choices === undefined || choices.includes(text) ? [] : [{ field: field.name, code: 'not_a_choice' }];
}

const CHOICES: Readonly<Partial<Record<Field['kind'], readonly string[]>>> = {
  urgency: URGENCIES,
  duty: ['receipt', 'start', 'progress'],
  agreement: ['yes', 'no'],
  means: MEANS,
  recipient: RECIPIENTS,
  stop_reason: STOP_REASONS,
};

/** Reads fields that were found to be right. */
class Reader {
  readonly #said: Said;
  readonly #context: Context;
  constructor(said: Said, context: Context) {
    this.#said = said;
    this.#context = context;
  }
  name(field: string): string {
    return this.#said[field]?.trim() ?? '';
  }
  words(field: string): ContentRef {
    return this.#context.keep(this.name(field));
  }
  maybeWords(field: string): { text?: ContentRef } {
    return this.name(field) === '' ? {} : { text: this.words(field) };
  }
  time(field: string): Instant {
    return saidTime(this.name(field), this.#context.desk.zone) ?? this.#context.now;
  }
  maybeTime(field: string): Instant | undefined {
    return this.name(field) === '' ? undefined : this.time(field);
  }
}

type Build<T extends CommandType> = (read: Reader, context: Context) => Omit<CommandOf<T>, 'by' | 'type'>;

const nothing = () => ({});

const builders: { readonly [T in CommandType]: Build<T> } = {
  acknowledge: nothing,
  release: nothing,
  pass: nothing,
  escalate: nothing,
  start: nothing,
  close: nothing,
  consent: nothing,
  reopen: (_read, context) => ({
    clocks: clocksFor(context.state.kind, context.state.urgency, context, context.now),
  }),
  reassign: (read) => ({ to: read.name('to') }),
  change_policy: (read) => ({ policy: read.name('policy') }),
  raise: (read, context) => {
    const to = read.name('to') as Urgency;
    return { to, ...read.maybeWords('text'), clocks: clocksFor(context.state.kind, to, context, context.now) };
  },
  lower: (read) => ({ to: read.name('to') as Urgency, text: read.words('text') }),
  review: (read) => ({ agreed: read.name('agreed') === 'yes' }),
  choose_kind: (read, context) => {
    const kind = read.name('kind');
    const chosen = kindOf(kind);
    const missing = chosen === undefined ? [] : completeness(chosen, context.message).missing.map(({ item }) => item);
    return { kind, missing, clocks: clocksFor(kind, context.state.urgency, context, context.state.receivedAt) };
  },
  verify_sender: (read) => ({ how: read.words('how') }),
  note: (read) => ({ text: read.words('text') }),
  ask: (read) => ({ text: read.words('text') }),
  wait: (read) => ({ until: read.time('until'), for: read.words('for'), because: read.words('because') }),
  tell: (read, { desk, now }) => {
    const next = read.maybeTime('next_at');
    const promised = next === undefined ? {} : { promised: clockData(progressClock(desk.clocks, now, next)) };
    const duty = read.name('duty') as Duty;
    return { duty, channel: read.name('channel'), toldAt: read.time('told_at'), ...promised };
  },
  hold: (read, context) => {
    const effectiveAt = read.time('effective_at');
    return { effectiveAt, clock: holdClock(effectiveAt, context) };
  },
  answer: (read) => ({ channel: read.name('channel'), sentAt: read.time('sent_at'), ...read.maybeWords('text') }),
  refuse: (read) => ({ ground: read.name('ground'), ...read.maybeWords('text') }),
  not_possible: (read) => ({ reason: read.name('reason'), ...read.maybeWords('text') }),
  no_further_action: (read) => read.maybeWords('text'),
  forward: (read) => ({ to: read.name('to'), ...read.maybeWords('text') }),
  stop_clock: (read) => ({ clock: read.name('clock'), reason: read.name('reason') }),
};

/** A kind's clocks run from the receipt, those of a raised urgency or a reopened request from now. */
function clocksFor(kind: string, urgency: Urgency, { desk }: Context, from: Instant): readonly ClockData[] {
  const known = kindOf(kind);
  return known === undefined ? [] : startClocks(known, urgency, desk.clocks, from).map(clockData);
}

function holdClock(effectiveAt: Instant, { state, desk }: Context): ClockData {
  const kind = kindOf(state.kind);
  const [clock] = kind === undefined ? [] : holdClocks(kind, desk.clocks, effectiveAt);
  // A kind without a hold of its own still keeps what was held: the clock is over as soon as it began.
  return clockData(clock ?? { name: HOLD, startAt: effectiveAt, dueAt: effectiveAt, warnAt: effectiveAt });
}
