import { userInfo } from 'node:os';
import { AdminClient } from '../web/admin-client.ts';
import { SOCKET } from './configuration.ts';

/** Ends the hold after a restore. */
export async function resume(): Promise<void> {
  const isResumed = await new AdminClient(SOCKET).resume(userInfo().username);
  console.log(isResumed ? 'Paging goes on, most urgent first.' : 'Paging is not held: nothing has changed.');
}
