import { AdminClient } from '../web/admin-client.ts';
import { SOCKET } from './configuration.ts';

/** Prints a sign-in link; the running process makes it. */
export async function link(officer: string): Promise<void> {
  const { url, expiresAt } = await new AdminClient(SOCKET).link(officer);
  console.log(url);
  console.error(`For ${officer}, once, until ${expiresAt}.`);
}
