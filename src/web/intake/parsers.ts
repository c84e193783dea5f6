import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { LARGEST_BODY, LARGEST_JSON } from './limits.ts';

const asBytes = (_: unknown, body: Buffer, done: (error: null, body: Buffer) => void) => done(null, body);

/** A request may come in three media types, each with its own limit; bodies stay bytes until they are read with care. */
export async function takeRequests(scope: FastifyInstance): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: LARGEST_JSON }, asBytes);
  scope.addContentTypeParser('message/rfc822', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, asBytes);
  await scope.register(multipart);
}

/** An attachment may be anything. */
export function takeFiles(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, asBytes);
}
