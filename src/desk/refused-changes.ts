import type { Instant } from '../../rota/instant.ts';
import type { Config } from '../config/config.ts';
import type { Register } from '../ports/register.ts';
import { leaversWithoutSuccessor, leaverText } from './leavers.ts';

/**
 * What a configuration without faults may still not do to the one in force, one line each for a person: what was wrong,
 * what was expected, what to do. Empty when it may be applied.
 */
export async function refusedChanges(
  register: Pick<Register, 'ownedBy' | 'overrides'>,
  before: Config,
  after: Config,
  now: Instant,
): Promise<readonly string[]> {
  const leavers = await leaversWithoutSuccessor(register, before, after, now);
  return [...lettersChanged(before, after), ...desksGone(before, after), ...leavers.map(leaverText)];
}

/** References that were given out must stay what they are. */
function lettersChanged(before: Config, after: Config): readonly string[] {
  return before.desks.flatMap(({ id, letters }) => {
    const now = after.desks.find((desk) => desk.id === id);
    return now === undefined || now.letters === letters
      ? []
      : [
          `the letters of ${id} were "${letters}" and are "${now.letters}"; expected the ones it was born with. Put them back`,
        ];
  });
}

function desksGone(before: Config, after: Config): readonly string[] {
  const stay = new Set(after.desks.map(({ id }) => id));
  const gone = before.desks.filter(({ id }) => !stay.has(id));
  return gone.map(
    ({ id }) => `the desk ${id} is no longer there; expected it to stay: its requests have no other. Put it back`,
  );
}
