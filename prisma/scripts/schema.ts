import { readFileSync } from 'node:fs';

export const PROVIDERS = ['sqlite', 'postgresql'] as const;
export type Provider = (typeof PROVIDERS)[number];

const SCHEMA = new URL('../schema.prisma', import.meta.url);

/** The one schema that people edit. */
export function readSchema(): string {
  return readFileSync(SCHEMA, 'utf8');
}

/**
 * The schema as `provider` needs it. Prisma wants its provider as a literal, so the twin differs in exactly two places:
 * the provider, and the folder the client is generated into (relative to where the twin is written).
 * Throws when one of them is not there exactly once, because the twin would then silently be something else.
 */
export function twin(schema: string, provider: Provider, output: string): string {
  const withProvider = replaceOnce(schema, /(?<=^[ \t]*provider[ \t]*=[ \t]*)"sqlite"/gm, JSON.stringify(provider));
  return replaceOnce(withProvider, /(?<=^[ \t]*output[ \t]*=[ \t]*)"\.\/generated\/sqlite"/gm, JSON.stringify(output));
}

function replaceOnce(text: string, what: RegExp, by: string): string {
  const found = text.match(what)?.length ?? 0;
  if (found !== 1) {
    throw new Error(`prisma/schema.prisma: expected exactly one match of ${what.source}, found ${found}`);
  }
  return text.replace(what, () => by);
}
