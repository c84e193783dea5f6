import { setInterval } from 'node:timers';

/** An event as the pager got it: a page that rings, or one that need not be answered any more. */
export type Heard = {
  readonly event: 'page' | 'quiet';
  readonly at: number;
  readonly shortId: string;
  readonly id?: string;
  readonly urgency?: string;
  readonly title?: string;
  readonly why?: string;
  readonly count?: string;
  /** Of `quiet`: what it says. */
  readonly line?: string;
};

type Post = (path: string, fields: Readonly<Record<string, string>>) => Promise<unknown>;

const BEAT_MS = 10_000;

/** The pager as it is open on a phone: it listens, confirms each page at once (unless it lies) and beats. */
export class Pager {
  readonly heard: Heard[] = [];
  /** All that came over the line, as it came. */
  raw = '';
  /** Whether it confirms what it shows. */
  confirms = true;
  readonly #post: Post;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();

  private constructor(post: Post) {
    this.#post = post;
  }

  /** Resolves once the line is open. */
  static async open(address: string, headers: Readonly<Record<string, string>>, post: Post): Promise<Pager> {
    const pager = new Pager(post);
    const answer = await fetch(new URL('/pager/events', address), { headers, signal: pager.#stop.signal });
    if (answer.status !== 200 || answer.body === null) throw new Error(`the pager was answered with ${answer.status}`);
    const connected = Promise.withResolvers<void>();
    // The line ends with the process, or with `close`.
    pager
      .#listen(answer.body, connected.resolve)
      .catch(() => undefined)
      .finally(connected.reject);
    await connected.promise;
    return pager;
  }

  /** The first event, past or still to come, that fits. Throws when there is none within so many milliseconds. */
  async hears(fits: (heard: Heard) => boolean, within = 5000): Promise<Heard> {
    const late = AbortSignal.timeout(within);
    for (;;) {
      const found = this.heard.find(fits);
      if (found !== undefined) return found;
      if (late.aborted) throw new Error(`not heard in ${within} ms; heard: ${JSON.stringify(this.heard)}`);
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
        late.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** The n-th page (from 1) for this short id. */
  page(shortId: string, n = 1, within?: number): Promise<Heard> {
    return this.hears((heard) => this.pagesFor(shortId)[n - 1] === heard, within);
  }

  pagesFor(shortId: string): readonly Heard[] {
    return this.heard.filter((heard) => heard.event === 'page' && heard.shortId === shortId);
  }

  close(): void {
    this.#stop.abort();
  }

  async #listen(body: ReadableStream<Uint8Array>, connected: () => void): Promise<void> {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      this.raw += chunk;
      const events = (text + chunk).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.#hear(event, connected);
    }
  }

  #hear(text: string, connected: () => void): void {
    const event = /^event: (.*)$/m.exec(text)?.[1];
    const data = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}') as Heard & { readonly pager?: string };
    if (event === 'hello') {
      this.#beat(data.pager ?? '');
      connected();
    }
    if (event !== 'page' && event !== 'quiet') return;
    this.heard.push({ ...data, event, at: Date.now() });
    if (event === 'page' && this.confirms)
      void this.#post('/pager/confirm', { id: data.id ?? '' }).catch(() => undefined);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #beat(pager: string): void {
    const beat = () => this.#post('/pager/beat', { pager, visible: 'true', sound: 'true' }).catch(() => undefined);
    const beating = setInterval(() => void beat(), BEAT_MS);
    this.#stop.signal.addEventListener('abort', () => clearInterval(beating), { once: true });
  }
}
