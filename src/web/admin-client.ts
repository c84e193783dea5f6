import { type IncomingMessage, request } from 'node:http';
import type { Finding } from '../desk/doctor/finding.ts';
import type { CopyMade } from '../ports/backup.ts';
import type { CommandAnswer } from './admin-commands.ts';
import type { Applied, InForce } from './admin-doctor.ts';

/** Nothing runs that could answer: the command line may open the store itself. */
export class NotRunning extends Error {
  constructor(path: string) {
    super(`no Tocsin answers at ${path}: start it with "npm start", or check that you are its user`);
    this.name = 'NotRunning';
  }
}

/** The running process said no; `code` has a text in the catalogues (`admin.<code>`). */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the running Tocsin refused (${code})`);
    this.name = 'Refused';
    this.code = code;
  }
}

/** Where an officer signs in, once: the path alone, and with the address of the desk page. */
export type SignInLink = { readonly path: string; readonly url: string; readonly expiresAt: string };

/** Speaks to the running process over its socket file. All of it throws `NotRunning` or `Refused`. */
export class AdminClient {
  readonly #path: string;

  constructor(socketPath: string) {
    this.#path = socketPath;
  }

  async link(officer: string): Promise<SignInLink> {
    return (await this.#json('POST', '/link', { officer })) as SignInLink;
  }

  /** The line of a new checkpoint; `user` is who asked for it. */
  async checkpoint(user: string): Promise<string> {
    return ((await this.#json('POST', '/checkpoint', { user })) as { checkpoint: string }).checkpoint;
  }

  /** What the words of a command came to; `as` is the officer in whose name `user` typed them. */
  async command(typed: {
    readonly text: string;
    readonly as?: string | undefined;
    readonly user: string;
    readonly language: string;
  }): Promise<CommandAnswer> {
    return (await this.#json('POST', '/commands', typed)) as CommandAnswer;
  }

  /** Once it is made; that may take minutes. */
  async backup(asked: {
    readonly file: string;
    readonly recipient?: string;
    readonly user: string;
  }): Promise<CopyMade> {
    return (await this.#json('POST', '/backup', asked)) as CopyMade;
  }

  /** False when paging was not held. */
  async resume(user: string): Promise<boolean> {
    return ((await this.#json('POST', '/resume', { user })) as { resumed: boolean }).resumed;
  }

  /** What the running process finds in its store and about who can be reached. */
  async doctor(): Promise<readonly Finding[]> {
    return ((await this.#json('GET', '/doctor')) as { findings: readonly Finding[] }).findings;
  }

  async configuration(): Promise<InForce> {
    return (await this.#json('GET', '/configuration')) as InForce;
  }

  /** Applies the text of a configuration, unless another revision than `before` is in force by now. */
  async apply(offer: { readonly text: string; readonly before: number; readonly user: string }): Promise<Applied> {
    return (await this.#json('POST', '/configuration', offer)) as Applied;
  }

  async status(): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#json('GET', '/status')) as Record<string, unknown>;
  }

  /** The chunks of a journal export: of one request, or of everything. Ends without its end line when it was cut off. */
  async journal(reference?: string): Promise<AsyncIterable<Uint8Array>> {
    const query = reference === undefined ? '' : `?reference=${encodeURIComponent(reference)}`;
    return this.#ask('GET', `/journal/items${query}`);
  }

  /** One request as a page for people, in a language of ours. */
  async page(reference: string, language: string): Promise<string> {
    const query = new URLSearchParams({ reference, language });
    return textOf(await this.#ask('GET', `/journal/page?${query}`));
  }

  async #json(method: string, path: string, body?: object): Promise<unknown> {
    return JSON.parse(await textOf(await this.#ask(method, path, body)));
  }

  async #ask(method: string, path: string, body?: object): Promise<IncomingMessage> {
    const answer = await this.#send(method, path, body);
    if (answer.statusCode === 200) return answer;
    throw new Refused(codeIn(await textOf(answer)));
  }

  #send(method: string, path: string, body?: object): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const asking = request({ socketPath: this.#path, method, path, headers, agent: false }, resolve);
      asking.once('error', (error: NodeJS.ErrnoException) => {
        reject(NOBODY.has(error.code ?? '') ? new NotRunning(this.#path) : error);
      });
      asking.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

const NOBODY: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'EACCES', 'ENOTSOCK']);

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function codeIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : 'internal';
  } catch {
    return 'internal';
  }
}
