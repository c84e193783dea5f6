import { differences } from '../config/differences.ts';
import { formatFaults, formatNotes } from '../config/fault.ts';
import { DEMO_OFFICERS } from '../demo/desk.ts';
import type { Offered } from '../desk/configuration.ts';
import type { Running } from '../main.ts';
import { AdminClient } from '../web/admin-client.ts';
import { type Found, SOCKET, VAR } from './configuration.ts';
import { version } from './version.ts';

/** What is said to whoever started it. Standard output belongs to the log. */
export function say(text: string): void {
  console.error(text);
}

/** The faults and notes of the file. */
export function tellFound(found: Found): void {
  if (found.kind === 'faulty') {
    say(
      `${formatFaults(found.faults)}\nThe file is faulty. If a revision was applied before, Tocsin runs on that one.`,
    );
  }
  if (found.kind === 'file' && found.notes.length > 0) say(formatNotes(found.notes));
}

/** What became of the configuration, with what has changed by it. Of faults see `tellFound`. */
export function tellOffered(offered: Offered, revision: number): void {
  if (offered.result === 'applied' && offered.before !== undefined) {
    say(`Revision ${revision} is in force:\n${differences(offered.before.text, offered.revision.text).join('\n')}`);
  }
  if (offered.result !== 'unapplied') return;
  const { why, lines } = offered.unapplied;
  if (why !== 'faulty') say(lines.join('\n'));
  say(`The file was not applied: Tocsin runs on revision ${revision}.`);
}

export async function tellDemo(running: Running, token: string): Promise<void> {
  const client = new AdminClient(SOCKET);
  const links = await Promise.all(
    DEMO_OFFICERS.map(async (officer) => `  ${officer.padEnd(6)} ${(await client.link(officer)).url}`),
  );
  const [onDuty = 'nobody'] = running.desk.setups.desk('demo')?.rota([]).onDuty(running.desk.clock.now()) ?? [];
  say(`Tocsin ${version()}: the demo desk is on duty at ${running.address}

Sign in (each link works once, within 10 minutes; more by: npx tocsin link OFFICER)
${links.join('\n')}

On duty now: ${onDuty}. Open that link in a browser, then ${running.address}/pager, and press Start.
Now send an emergency:

  curl -sS ${running.address}/api/v1/requests -H 'Authorization: Bearer ${token}' \\
    -H 'Content-Type: application/json' -d @docs/examples/request.json

Acknowledge it, or don't, and watch it go up: after 20 s to the head, then to everyone, round after round.
Ctrl-C ends it. Everything is kept in ${VAR}/.
`);
}
