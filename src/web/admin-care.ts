import { isAbsolute } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Where } from '../desk/backups.ts';
import type { Actor } from '../journal/actor.ts';
import { BackupRefused, type CopyMade } from '../ports/backup.ts';

export type CareParts = {
  /** Makes a backup; throws `BackupRefused`. */
  readonly backup: (where: Where, actor: Actor) => Promise<CopyMade>;
  /** Ends the hold after a restore; false when nothing was held. */
  readonly resume: (actor: Actor) => Promise<boolean>;
};

type Body = Readonly<Partial<Record<'file' | 'recipient' | 'user', unknown>>>;

/** Backups, and the end of a hold, for the command line. */
export function adminCareRoutes(app: FastifyInstance, { backup, resume }: CareParts): void {
  app.post<{ Body: Body | null }>('/backup', async ({ body, log }, reply) => {
    const [file, recipient] = [textOf(body?.file), textOf(body?.recipient)];
    if (!isAbsolute(file)) return reply.code(400).send({ error: 'invalid' });
    try {
      return await backup({ file, ...(recipient === '' ? {} : { recipient }) }, actorOf(body));
    } catch (error) {
      if (!(error instanceof BackupRefused)) throw error;
      log.warn({ err: error, code: error.code }, 'no backup was made');
      return reply.code(409).send({ error: `backup_${error.code}` });
    }
  });
  app.post<{ Body: Body | null }>('/resume', async ({ body }) => ({ resumed: await resume(actorOf(body)) }));
}

function actorOf(body: Body | null): Actor {
  return { kind: 'shell', user: textOf(body?.user) || 'unknown' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
