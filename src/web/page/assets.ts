import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

/** What the pages use, each under its own name only: files of packages by their path there, and our own. */
const FILES = {
  // As one: apart, htmx may begin its work before its extension is there, and the window never hears a thing.
  'desk.js': {
    files: ['htmx.org/dist/htmx.min.js', 'htmx.org/dist/ext/hx-sse.min.js', './tocsin.js', './command-box.js'],
    type: 'text/javascript',
  },
  'desk.css': {
    files: [
      '@picocss/pico/css/pico.classless.min.css',
      './tocsin.css',
      './board.css',
      './request.css',
      './command-box.css',
      './search.css',
    ],
    type: 'text/css',
  },
  'pager.css': { files: ['../pager/pager.css'], type: 'text/css' },
  'pager.js': { files: ['../pager/sound.js', '../pager/cards.js', '../pager/pager.js'], type: 'text/javascript' },
  'icon.svg': { files: ['./icon.svg'], type: 'image/svg+xml' },
  'chevron.svg': { files: ['./chevron.svg'], type: 'image/svg+xml' },
} as const;

export type AssetName = keyof typeof FILES;
type Asset = { readonly name: AssetName; readonly type: string; readonly bytes: Buffer; readonly version: string };

const require = createRequire(import.meta.url);
const read = new Map<AssetName, Asset>();

/** Where a browser finds the file: the address changes with its content, so that it may be kept for ever. */
export function addressOf(name: AssetName): string {
  return `/assets/${name}?v=${assetOf(name).version}`;
}

export function assetRoutes(app: FastifyInstance): void {
  for (const name of Object.keys(FILES) as AssetName[]) {
    const { type, bytes, version } = assetOf(name);
    const packed = gzipSync(bytes);
    app.get(`/assets/${name}`, async (request, reply) => {
      const isCurrent = (request.query as { v?: unknown }).v === version;
      reply.type(`${type}; charset=utf-8`).header('vary', 'accept-encoding');
      reply.header('cache-control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(bytes);
      return reply.header('content-encoding', 'gzip').send(packed);
    });
  }
}

function assetOf(name: AssetName): Asset {
  const known = read.get(name);
  if (known !== undefined) return known;
  const { files, type } = FILES[name];
  const bytes = Buffer.from(files.map((file) => readFileSync(require.resolve(file), 'utf8')).join('\n'), 'utf8');
  const asset = { name, type, bytes, version: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
  read.set(name, asset);
  return asset;
}
