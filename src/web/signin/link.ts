import { type Duration, type Instant, MINUTE } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Chance } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Sessions } from '../../ports/sessions.ts';
import { hashOf, newToken } from './token.ts';

const LINK_LASTS: Duration = 10 * MINUTE;

type LinkParts = { readonly sessions: Sessions; readonly clock: Clock; readonly chance: Chance };

/** A link for one officer, good for one sign-in within ten minutes; only the hash of its secret is stored. */
export async function makeLink(
  { sessions, clock, chance }: LinkParts,
  officer: OfficerId,
): Promise<{ readonly path: string; readonly expiresAt: Instant }> {
  const token = newToken(chance);
  const expiresAt = clock.now() + LINK_LASTS;
  await sessions.addLink({ hash: hashOf(token), officer, expiresAt });
  return { path: `/signin/${token}`, expiresAt };
}
