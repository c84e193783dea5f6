import { deskOfOfficer } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import { groundsFor } from '../desk/grounds.ts';
import type { DeskSetup } from '../desk/setup.ts';
import type { RequestRow } from '../ports/steps.ts';
import { KINDS, kindOf } from '../request/kinds.ts';
import { NOT_POSSIBLE_REASONS } from '../request/not-possible.ts';
import { OWN_WORDS } from '../request/said-codes.ts';
import type { RequestState } from '../request/state.ts';
import type { Choices } from './choices.ts';
import type { Context } from './parsed.ts';
import { type Asker, desksOf } from './which.ts';

/** What a command on this request is read against: its desk's zone and officers, and what may be chosen for it. */
export function contextOf(desk: Desk, { state }: RequestRow, asker: Asker, name: string | undefined): Context {
  const setup = setupOf(desk, state, asker);
  return {
    now: desk.clock.now(),
    zone: setup?.zone ?? 'UTC',
    officers: setup?.officers ?? [],
    ...(asker === undefined ? {} : { officer: asker }),
    choices: setup === undefined ? {} : choicesFor(setup, state),
    isRequest: (typed) => typed === name,
  };
}

/** For what is about no request. */
export function contextOfNone(desk: Desk, asker: Asker): Context {
  const zone = desksOf(desk, asker)[0]?.zone ?? 'UTC';
  return { now: desk.clock.now(), zone, officers: [], choices: {}, isRequest: () => false };
}

/** The request's own desk; that of the officer where the configuration has it no more. */
export function setupOf(desk: Desk, state: RequestState, asker: Asker): DeskSetup | undefined {
  return desk.setups.desk(state.desk) ?? (asker === undefined ? undefined : deskOfOfficer(desk, state, asker));
}

function choicesFor(setup: DeskSetup, state: RequestState): Choices {
  const kind = kindOf(state.kind);
  const grounds = groundsFor(setup, kind).map(({ code }) => code);
  return {
    kind: KINDS.map(({ id }) => id),
    ground: kind?.groundsClosed ? grounds : [...grounds, OWN_WORDS],
    reason: NOT_POSSIBLE_REASONS.map(({ code }) => code),
    policy: Object.keys(setup.policies),
    clock: Object.keys(state.clocks),
  };
}
