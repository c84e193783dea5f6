import type { OfficerId } from '../../rota/rota.ts';
import { actionsOn } from '../desk/actions.ts';
import type { Desk } from '../desk/desk.ts';
import { headsOf } from '../desk/setup.ts';
import type { CommandType } from '../request/command.ts';
import type { RequestState } from '../request/state.ts';
import type { HelpLine } from './reply.ts';
import { type Asker, desksOf, MOST_ROWS } from './which.ts';
import { WORDS, type Word } from './words.ts';

type May = (state: RequestState, officer: OfficerId, desk: Desk) => boolean;

/** What the state of a request alone does not say: who in particular may do it. */
const MAY: Readonly<Partial<Record<CommandType, May>>> = {
  release: (state, officer) => state.status === 'acknowledged' && state.owner === officer,
  pass: (state, officer) =>
    state.status === 'open' && [state.escalation, ...state.children].some(({ asked }) => asked.includes(officer)),
  consent: ({ proposal }, officer) => proposal !== undefined && proposal.by !== officer,
  review: ({ review, desk: id }, officer, desk) => {
    const setup = desk.setups.desk(id);
    const heads = (setup === undefined ? [] : headsOf(setup)).filter((head) => head !== review?.by);
    return review !== undefined && review.by !== officer && (heads.length === 0 || heads.includes(officer));
  },
};

/** What this officer may type, in the order of use; for whoever runs the machine, what can be looked at. */
export async function helpFor(desk: Desk, asker: Asker): Promise<readonly HelpLine[]> {
  if (asker === undefined)
    return WORDS.filter(({ action }) => action === undefined).map(({ name }) => ({ word: name, now: true }));
  const ids = desksOf(desk, asker).map(({ id }) => id);
  const board = await desk.store.board(ids, ['open', 'acknowledged', 'concluded'], MOST_ROWS);
  const rows = [...board, ...(await desk.store.ownedBy(asker))];
  const possible = new Set(rows.flatMap(({ state }) => possibleOn(state, asker, desk)));
  return WORDS.map((word) => ({ word: word.name, now: isNow(word, possible) }));
}

function isNow({ action }: Word, possible: ReadonlySet<CommandType>): boolean {
  return action === undefined || possible.has(action);
}

function possibleOn(state: RequestState, officer: OfficerId, desk: Desk): readonly CommandType[] {
  return actionsOn(state).filter((action) => MAY[action]?.(state, officer, desk) ?? true);
}
