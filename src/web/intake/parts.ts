import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Desk } from '../../desk/desk.ts';
import { Problem } from '../problem.ts';
import type { MailIntake } from './mail.ts';
import type { Rate } from './rate.ts';
import { type Source, type Sources, sourceOf } from './source.ts';

/** What intake needs of the house. */
export type IntakeParts = {
  readonly desk: Desk;
  readonly sources: Sources;
  readonly mail: MailIntake;
  readonly rate: Rate;
  /** Called after each commit, so that the engine looks at once for what follows from it. */
  readonly nudge: () => void;
  readonly observe: IntakeObserver;
};

/** What the metrics hear; never anything of a case. */
export type IntakeObserver = {
  received(
    result: 'received' | 'replayed' | 'appended' | 'key_reused' | 'over_rate',
    source: string,
    urgency: string,
  ): void;
};

const SOURCE = 'source';

/** Lets only known sources in, before a byte of their bodies is read. */
export function authenticate(scope: FastifyInstance, sources: Sources): void {
  scope.decorateRequest(SOURCE, null);
  scope.addHook('onRequest', async (request) => {
    const source = sourceOf(request.headers.authorization, sources());
    if (source === undefined) throw new Problem('unauthorized');
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') throw new Problem('unsupported_media');
    request.setDecorator<Source>(SOURCE, source);
  });
  // The body may take two minutes: who was shut out meanwhile hands in nothing any more.
  scope.addHook('preHandler', async (request) => mustStillBeKnown(request, sources));
}

/** Throws the problem that the token of the request is known no more. */
export function mustStillBeKnown(request: FastifyRequest, sources: Sources): void {
  if (sourceOf(request.headers.authorization, sources()) === undefined) throw new Problem('unauthorized');
}

/** Whose token the request came with. */
export function sourceIn(request: FastifyRequest): Source {
  return request.getDecorator<Source>(SOURCE);
}
