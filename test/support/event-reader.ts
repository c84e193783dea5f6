export type ServerEvent = { readonly event: string; readonly data: string; readonly id: string };

/** One event stream, read as a browser does. Whoever opens it closes it. */
export class EventReader {
  readonly #abort = new AbortController();
  readonly #events: AsyncGenerator<ServerEvent>;
  readonly status: number;

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status;
    this.#abort = abort;
    this.#events = parsed(response);
  }

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<EventReader> {
    const abort = new AbortController();
    return new EventReader(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  /** The next event with a name; undefined when the stream has ended. */
  async next(): Promise<ServerEvent | undefined> {
    for (;;) {
      const { value, done } = await this.#events.next();
      if (done) return undefined;
      if (value.event !== '') return value;
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

async function* parsed(response: Response): AsyncGenerator<ServerEvent> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield eventIn(block);
  }
}

function eventIn(block: string): ServerEvent {
  const field = (name: string) => block.match(new RegExp(`^${name}: ?(.*)$`, 'm'))?.[1] ?? '';
  return { event: field('event'), data: field('data'), id: field('id') };
}
