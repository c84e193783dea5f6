import type { FastifyInstance } from 'fastify';
import { findIn } from '../commands/find.ts';
import type { Reply } from '../commands/reply.ts';
import { run } from '../commands/run.ts';
import type { Desk } from '../desk/desk.ts';
import { memberOf } from '../desk/setup.ts';
import type { Actor } from '../journal/actor.ts';
import { languageOf } from '../locales/catalogue.ts';
import { tell } from './page/command-box-text.ts';
import { readerOf } from './viewer.ts';

/** What a command came to, as data and in words. */
export type CommandAnswer = { readonly reply: Reply; readonly lines: readonly string[] };

type Body = Readonly<Partial<Record<'text' | 'as' | 'user' | 'language', unknown>>>;

/**
 * Commands from the command line, in the name of an officer: the journal keeps which user of the machine typed them. Without
 * an officer they only look. Whoever opens the socket may read the store anyway, so case content is not held back.
 */
export function adminCommandRoutes(app: FastifyInstance, desk: Desk): void {
  const commands = { desk, find: findIn(desk) };
  app.post<{ Body: Body | null }>('/commands', async ({ body }, answer) => {
    const [text, as, user, language] = [body?.text, body?.as, body?.user, body?.language].map(textOf);
    const officer = as === '' ? undefined : as;
    const isKnown = desk.setups
      .desks()
      .some((setup) => officer !== undefined && memberOf(setup, officer) !== undefined);
    if (officer !== undefined && !isKnown) return answer.code(404).send({ error: 'unknown_officer' });
    const actor: Actor | undefined =
      officer === undefined ? undefined : { kind: 'shell', user: user || 'unknown', as: officer };
    const reply = await run(commands, { text: text ?? '', officer, actor, disclosure: 'full' });
    const reader = readerOf(desk.setups, languageOf(language ?? ''), desk.clock.now());
    const lines = tell(reader, reply).lines.map((line) => line.text);
    return { reply, lines } satisfies CommandAnswer;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
