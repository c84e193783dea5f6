import type { FastifyInstance, FastifyReply } from 'fastify';
import { readEntry } from '../../journal/entry.ts';
import { requestStream } from '../../journal/stream.ts';
import type { PageParts } from '../page-parts.ts';
import { signedIn } from '../signin/signed-in.ts';
import type { Viewer } from '../viewer.ts';
import { sendNotFound } from './not-found.ts';
import { contentIdIn } from './request-data.ts';
import { load } from './requests.ts';

/** Attachments and the bytes as they came, to be saved: no browser may show or run them on our pages. */
export function downloadRoutes(app: FastifyInstance, parts: PageParts): void {
  app.get(
    '/requests/:id/attachments/:attachment',
    signedIn(parts, async (viewer, request, reply) => {
      const data = await load(parts, viewer, request);
      const { attachment } = request.params as { attachment: string };
      const named = data?.attachments.find(({ id }) => id === attachment);
      if (data === undefined || named === undefined) return sendNotFound(viewer, reply);
      const row = (await parts.desk.store.attachments(data.row.id)).find(({ id }) => id === attachment);
      return sendContent(parts, viewer, reply, row?.contentId, named.name ?? `${data.row.shortId}.bin`);
    }),
  );
  app.get(
    '/requests/:id/originals/:n',
    signedIn(parts, async (viewer, request, reply) => {
      const data = await load(parts, viewer, request);
      const n = Number((request.params as { n: string }).n);
      if (data === undefined || !Number.isSafeInteger(n) || n < 1) return sendNotFound(viewer, reply);
      const [entry] = await parts.desk.store.entries(requestStream(data.row.id), n, 1);
      const original = entry?.n === n ? readEntry(entry.body).data['original'] : undefined;
      return sendContent(parts, viewer, reply, contentIdIn(original), `${data.row.shortId}-${n}.eml`);
    }),
  );
}

async function sendContent(
  { desk }: PageParts,
  viewer: Viewer,
  reply: FastifyReply,
  id: string | undefined,
  name: string,
): Promise<FastifyReply> {
  const content = id === undefined ? undefined : (await desk.store.contents([id])).get(id);
  if (content === undefined || !('bytes' in content)) return sendNotFound(viewer, reply);
  return reply
    .headers({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodedName(name)}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(content.bytes));
}

/** For programs that know no other: letters, digits and what a file name needs. */
function asciiName(name: string): string {
  return name
    .replace(/[^\w.-]/g, '_')
    .replace(/^\.+/, '_')
    .slice(-100);
}

/** RFC 5987. What turns the direction of a name would hide its ending: it goes. */
function encodedName(name: string): string {
  const safe = name.toWellFormed().replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_');
  return encodeURIComponent(safe).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
