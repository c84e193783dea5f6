import type { FastifyReply } from 'fastify';
import type { Duration } from '../../rota/instant.ts';
import type { Timers } from '../ports/timers.ts';

type Message = { readonly event: string; readonly data: string; readonly id?: string };

/** A listener that takes nothing off the line for so long has gone. */
const MOST_WAITING_BYTES = 256 * 1024;

/** An answer that goes on: messages to one window until it, or the server, goes away. */
export class EventStream {
  readonly #reply: FastifyReply;
  readonly #ended = new AbortController();

  /** Takes the answer over and sends its head. */
  constructor(reply: FastifyReply) {
    this.#reply = reply;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // A proxy must not hold messages back until a buffer is full.
      'x-accel-buffering': 'no',
    });
    reply.raw.flushHeaders();
    reply.raw.once('close', () => this.#ended.abort());
    // Whoever went away while the answer was being prepared is never heard to close again.
    if (reply.raw.destroyed || reply.raw.closed) this.#ended.abort();
  }

  /** Does `leave` once nobody listens any more; at once where nobody does. */
  onEnd(leave: () => void): void {
    if (this.#ended.signal.aborted) leave();
    else this.#ended.signal.addEventListener('abort', leave, { once: true });
  }

  /** `data` in one line. */
  send({ event, data, id }: Message): void {
    const name = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`${name}event: ${event}\ndata: ${data.replaceAll('\n', ' ')}\n\n`);
  }

  /** Sets what the window names when it comes back after a loss. */
  mark(id: string): void {
    this.#write(`id: ${id}\n\n`);
  }

  close(): void {
    this.#reply.raw.end();
    this.#ended.abort();
  }

  /** Does `work` every so often while somebody listens. */
  async every(duration: Duration, timers: Timers, work: () => Promise<void>): Promise<void> {
    for (;;) {
      await timers.wait(duration, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      await work();
    }
  }

  #write(text: string): void {
    const { raw } = this.#reply;
    if (this.#ended.signal.aborted) return;
    if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy();
    else raw.write(text);
  }
}
