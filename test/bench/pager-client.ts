import { Agent, type IncomingMessage, request } from 'node:http';
import { AdminClient } from '../../src/web/admin-client.ts';
import { ask } from './ask.ts';
import type { Product } from './product.ts';

/** A page as the pager got it; times on the clock of this process. */
export type Paged = {
  readonly shortId: string;
  /** The first event that showed it. */
  readonly shownAt: number;
  /** When the confirmation of the first was answered: handed over. */
  handedOverAt: number | undefined;
  /** More than one: it was shown again. */
  times: number;
};

const BEAT_MS = 10_000;

/** The pager of an officer as a browser would open it: signed in by a link, listening, confirming each page at once. */
export class PagerClient {
  /** By short id. */
  readonly pages = new Map<string, Paged>();
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly #waiting = new Map<string, (page: Paged) => void>();
  #closed = false;
  #stream: IncomingMessage | undefined;
  #beat: NodeJS.Timeout | undefined;

  private constructor(address: string, headers: Readonly<Record<string, string>>) {
    this.#address = address;
    this.#headers = headers;
  }

  static async open({ address, socket }: Product, officer: string): Promise<PagerClient> {
    const { path } = await new AdminClient(socket).link(officer);
    const signedIn = await ask(address, { method: 'POST', path });
    if (signedIn.status !== 303) throw new Error(`signing in was answered with ${signedIn.status}`);
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const page = await ask(address, { path: '/pager', headers: { cookie } });
    const csrf = /name="csrf" content="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const type = 'application/x-www-form-urlencoded';
    const pager = new PagerClient(address, { cookie, 'x-csrf-token': csrf, 'content-type': type });
    await pager.#connect();
    return pager;
  }

  /** Once the page with this short id was handed over. */
  handedOver(shortId: string): Promise<Paged> {
    const page = this.pages.get(shortId);
    if (page?.handedOverAt !== undefined) return Promise.resolve(page);
    return new Promise((resolve) => {
      this.#waiting.set(shortId, resolve);
    });
  }

  async acknowledge(shortId: string): Promise<void> {
    await this.#post('/pager/ack', { shortId });
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#beat);
    this.#stream?.destroy();
    this.#agent.destroy();
  }

  async #connect(): Promise<void> {
    const stream = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = request(
        new URL('/pager/events', this.#address),
        { headers: this.#headers, agent: false },
        resolve,
      );
      asking.on('error', reject);
      asking.end();
    });
    if (stream.statusCode !== 200) throw new Error(`the pager's stream was answered with ${stream.statusCode}`);
    this.#stream = stream;
    // It ends with the product, or with `close`.
    stream.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const events = (text + chunk).split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) this.#hear(event, resolve);
      });
    });
  }

  #hear(text: string, connected: () => void): void {
    const event = /^event: (.*)$/m.exec(text)?.[1];
    const data = /^data: (.*)$/m.exec(text)?.[1] ?? '{}';
    if (event === 'hello') {
      const { pager } = JSON.parse(data) as { pager: string };
      const beat = () => this.#post('/pager/beat', { pager, visible: 'true', sound: 'true' }).catch(() => undefined);
      this.#beat = setInterval(() => void beat(), BEAT_MS);
      connected();
    }
    if (event === 'page') void this.#page(JSON.parse(data) as { id: string; shortId: string });
  }

  async #page({ id, shortId }: { readonly id: string; readonly shortId: string }): Promise<void> {
    const known = this.pages.get(shortId);
    const page = known ?? { shortId, shownAt: performance.now(), handedOverAt: undefined, times: 0 };
    this.pages.set(shortId, page);
    page.times += 1;
    if (!(await this.#confirm(id))) return;
    page.handedOverAt ??= performance.now();
    this.#waiting.get(shortId)?.(page);
    this.#waiting.delete(shortId);
  }

  /** False when the pager was closed meanwhile. */
  async #confirm(id: string): Promise<boolean> {
    try {
      await this.#post('/pager/confirm', { id });
      return true;
    } catch (error) {
      if (this.#closed) return false;
      throw error;
    }
  }

  async #post(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const body = new URLSearchParams(fields).toString();
    const answer = await ask(this.#address, { method: 'POST', path, agent: this.#agent, headers: this.#headers, body });
    if (answer.status >= 400) throw new Error(`${path} was answered with ${answer.status}`);
  }
}
