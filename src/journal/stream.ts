import { type Instant, rfc3339 } from '../../rota/instant.ts';

/** Revisions, clock steps, backups, restores and checkpoints. In a journal or an export it is always the first stream. */
export const INSTALLATION = 'installation';

export function requestStream(id: string): string {
  return `request/${id}`;
}

export function rotaStream(desk: string): string {
  return `rota/${desk}`;
}

/** Who looked at what on a desk, one stream for each month in UTC. */
export function accessStream(desk: string, at: Instant): string {
  return `access/${desk}/${rfc3339(at).slice(0, 7)}`;
}
