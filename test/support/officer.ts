import { vi } from 'vitest';
import type { CommandType } from '../../src/request/command.ts';
import { EventReader } from './event-reader.ts';
import { Pager } from './pager.ts';
import type { Answer, Tocsin } from './process.ts';

/** What the pager is answered after Acknowledge or Pass. */
export type Settled = { readonly settled: boolean; readonly lines: readonly string[] };

/** An officer with a browser: signed in by a link, reading pages, sending the forms that they offer. */
export class Officer {
  readonly #tocsin: Tocsin;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #csrf: string;

  private constructor(tocsin: Tocsin, cookie: string, csrf: string) {
    this.#tocsin = tocsin;
    this.#headers = { cookie };
    this.#csrf = csrf;
  }

  static async signIn(tocsin: Tocsin, officer: string): Promise<Officer> {
    return Officer.enter(tocsin, (await tocsin.admin.link(officer)).path);
  }

  /** By a link as `tocsin link` prints it. */
  static async enter(tocsin: Tocsin, link: string): Promise<Officer> {
    const entered = await tocsin.fetch(link, { method: 'POST' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const board = await tocsin.fetch('/', { headers: { cookie } });
    const csrf = /name="csrf" value="([^"]+)"/.exec(board.text)?.[1];
    if (csrf === undefined) throw new Error(`signing in was answered with ${entered.status}: ${entered.text}`);
    return new Officer(tocsin, cookie, csrf);
  }

  /** A page as people read it: without tags, blanks made one. */
  async reads(path: string): Promise<string> {
    const { status, text } = await this.#tocsin.fetch(path, { headers: this.#headers });
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${complaintsIn(text)}`);
    return text
      .replace(/<[^>]+>/g, '')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ');
  }

  /** Waits until a page says so; answers what it says then. */
  async sees(path: string, what: string | RegExp, within = 5000): Promise<string> {
    return vi.waitFor(
      async () => {
        const text = await this.reads(path);
        if (typeof what === 'string' ? text.includes(what) : what.test(text)) return text;
        throw new Error(`${path} does not say ${what} but: ${text.slice(0, 3000)}`);
      },
      { timeout: within, interval: 50 },
    );
  }

  /** Address of the request that a short id names. */
  async find(shortId: string): Promise<string> {
    const { status, headers } = await this.#tocsin.fetch(`/s/${shortId}`, { headers: this.#headers });
    if (status !== 302) throw new Error(`/s/${shortId} was answered with ${status}`);
    return headers.get('location') ?? '';
  }

  /** Sends the form of an action and must be believed; answers the page that follows. */
  async does(shortId: string, action: CommandType, fields: Readonly<Record<string, string>> = {}): Promise<string> {
    const { status, headers, text } = await this.tries(shortId, action, fields);
    if (status !== 303) throw new Error(`${action} was answered with ${status}: ${complaintsIn(text)}`);
    return this.reads(headers.get('location') ?? '');
  }

  /** Sends the form of an action, whatever comes of it. */
  async tries(shortId: string, action: CommandType, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.post(`${await this.find(shortId)}/actions/${action}`, fields);
  }

  post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const body = new URLSearchParams({ csrf: this.#csrf, ...fields });
    return this.#tocsin.fetch(path, { method: 'POST', headers: this.#headers, body });
  }

  pager(): Promise<Pager> {
    return Pager.open(this.#tocsin.address, this.#headers, (path, fields) => this.post(path, fields));
  }

  /** Has the board open in a window, as long as it is not closed. */
  async watchesBoard(): Promise<EventReader> {
    const events = await EventReader.open(`${this.#tocsin.address}/events`, this.#headers);
    await events.next();
    return events;
  }

  /** Presses Acknowledge or Pass on the pager. */
  async presses(button: 'ack' | 'pass', shortId: string): Promise<Settled> {
    const { status, text } = await this.post(`/pager/${button}`, { shortId });
    if (status !== 200) throw new Error(`/pager/${button} was answered with ${status}: ${text}`);
    return JSON.parse(text) as Settled;
  }
}

/** What a page says to be wrong. */
function complaintsIn(page: string): string {
  return [...page.matchAll(/<(?:p class="warning"|h1)[^>]*>([^<]+)/g)].map(([, text]) => text).join(' · ');
}
