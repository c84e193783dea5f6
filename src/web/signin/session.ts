import { type Duration, HOUR } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import { memberOf } from '../../desk/setup.ts';
import type { Session } from '../../ports/sessions.ts';
import type { PageParts } from '../page-parts.ts';
import { hashOf, newToken } from './token.ts';

export const SESSION_LASTS: Duration = 12 * HOUR;

/** Opens a session for the officer; what the browser keeps of it is returned, what is stored is its hash. */
export async function openSession({ desk, sessions }: PageParts, officer: OfficerId): Promise<string> {
  const token = newToken(desk.chance);
  const createdAt = desk.clock.now();
  const csrf = newToken(desk.chance);
  await sessions.open({ hash: hashOf(token), officer, csrf, createdAt, expiresAt: createdAt + SESSION_LASTS });
  return token;
}

/** The session that the browser's token opens; undefined once it ended, ran out, or its officer is no longer let in. */
export async function sessionOf(parts: PageParts, token: string | undefined): Promise<Session | undefined> {
  if (token === undefined) return undefined;
  const session = await parts.sessions.session(hashOf(token), parts.desk.clock.now());
  return session !== undefined && (await isLetIn(parts, session.officer)) ? session : undefined;
}

/** An officer of the newest configuration who is not suspended. */
export async function isLetIn({ desk }: PageParts, officer: OfficerId): Promise<boolean> {
  const belongs = desk.setups.desks().some((setup) => memberOf(setup, officer) !== undefined);
  return belongs && (await desk.store.suspended([officer])).length === 0;
}
