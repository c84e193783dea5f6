import { Agent } from 'node:http';
import { ask } from './ask.ts';
import { type BenchKind, FEW_SOURCES, messageOf, sourceId, tokenOf } from './bench-desk.ts';

/** An intake that was answered; times on the clock of this process. */
export type Taken = {
  readonly status: number;
  readonly shortId: string;
  readonly sentAt: number;
  readonly answeredAt: number;
};

/** Hands in requests, each with a reference of its own, over connections that stay open. */
export class Sender {
  readonly #address: string;
  readonly #kind: BenchKind;
  readonly #agent: Agent;
  readonly #sources: number;
  #sent = 0;

  constructor(address: string, kind: BenchKind, connections: number, sources = FEW_SOURCES) {
    this.#address = address;
    this.#kind = kind;
    this.#sources = sources;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async send(): Promise<Taken> {
    const index = this.#sent++;
    const source = sourceId(index % this.#sources);
    const body = JSON.stringify(messageOf(this.#kind, this.#kind, index));
    const headers = { authorization: `Bearer ${tokenOf(source)}`, 'content-type': 'application/json' };
    const sentAt = performance.now();
    const path = '/api/v1/requests';
    const answer = await ask(this.#address, { method: 'POST', path, agent: this.#agent, headers, body });
    const answeredAt = performance.now();
    const { shortId = '' } = JSON.parse(answer.body) as { shortId?: string };
    return { status: answer.status, shortId, sentAt, answeredAt };
  }

  close(): void {
    this.#agent.destroy();
  }
}
