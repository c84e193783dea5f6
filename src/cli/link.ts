import { AdminClient } from '../web/admin-client.ts';
import { environment, find, SOCKET } from './configuration.ts';

/** Prints a sign-in link; the running process makes it. */
export async function link(officer: string): Promise<void> {
  const client = new AdminClient(SOCKET);
  const { path, expiresAt } = await client.link(officer);
  const { address } = (await client.status()) as { address?: string };
  console.log(`${address ?? `http://127.0.0.1:${find(environment()).port ?? ''}`}${path}`);
  console.error(`For ${officer}, once, until ${expiresAt}.`);
}
