import { findIn } from '../../src/commands/find.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { run } from '../../src/commands/run.ts';
import type { Typed } from '../../src/commands/typed.ts';
import type { RequestState } from '../../src/request/state.ts';
import { Duty, NCP } from '../support/duty.ts';

const TWO_DESKS = `${NCP}    sources: [{ id: ncb, name: NCB Example, token_sha256: ${'a'.repeat(64)} }]
  - id: other
    name: Another desk
    letters: X
    time_zone: Europe/Paris
    officers: [zoe]
`;

export const LIFE = {
  urgency: 'emergency',
  grounds: ['life'],
  subject: 'A child is missing',
  ownReference: 'REF 12/3',
} as const;

/** A night on duty on which officers type: Dan is on duty, Ana is the head, Zoe is of another desk. */
export class Typing {
  readonly duty: Duty;
  /** What comes in first, or what is meant instead. */
  request: RequestState;

  private constructor(duty: Duty, request: RequestState) {
    this.duty = duty;
    this.request = request;
  }

  static async begin(now?: number): Promise<Typing> {
    const officers = ['ana', 'dan', 'eva', 'zoe'];
    const duty = await Duty.begin(TWO_DESKS, now === undefined ? { officers } : { officers, now });
    return new Typing(duty, await duty.request(LIFE));
  }

  /** What comes of a line, the short id of the request in the place of `ID`. */
  async types(text: string, officer?: string, more: Partial<Typed> = {}): Promise<Reply> {
    const { desk } = this.duty;
    const line = text.replace('ID', this.request.shortId);
    const reply = await run({ desk, find: findIn(desk) }, { text: line, officer, disclosure: 'full', ...more });
    await this.duty.crank.settle();
    return reply;
  }

  /** The same for what must be done. */
  async does(text: string, officer = 'dan') {
    const reply = await this.types(text, officer);
    if (reply.result !== 'done') throw new Error(`${text}: ${JSON.stringify(reply)}`);
    return reply;
  }
}
