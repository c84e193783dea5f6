import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Duration } from '../../rota/instant.ts';

/**
 * Lets what is in flight end, for at most `grace`, before a closing server cuts its connections. Answers that have begun
 * and never end by themselves (event streams) are not waited for.
 */
export function drainOnClose(app: FastifyInstance, grace: Duration): void {
  const answering = new Set<FastifyReply>();
  let finished: () => void = () => undefined;
  const isQuiet = () => [...answering].every(isEndless);

  app.addHook('onRequest', async (_, reply) => {
    answering.add(reply);
    reply.raw.once('close', () => {
      answering.delete(reply);
      if (isQuiet()) finished();
    });
  });
  app.addHook('preClose', async () => {
    if (isQuiet()) return;
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(resolve, grace);
      finished = () => {
        clearTimeout(giveUp);
        resolve();
      };
    });
  });
}

/** Taken over by its handler and not ended: nobody but the listener ends it. */
function isEndless({ sent, raw }: FastifyReply): boolean {
  return sent && !raw.writableEnded;
}
