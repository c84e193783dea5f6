import { DAY, type Duration, HOUR, MINUTE, rfc3339, SECOND } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { AnsweredAll } from '../../src/desk/acknowledge-all.ts';
import type { ActResult } from '../../src/desk/act.ts';
import type { Said } from '../../src/desk/command-of.ts';
import type { PageMessage } from '../../src/ports/method.ts';
import type { CommandType } from '../../src/request/command.ts';
import { OFFICERS } from './desks.ts';
import type { Outside } from './outside.ts';

/** What somebody does who was woken, and when: more often than not he sleeps on. */
const WHEN_RUNG = { acknowledge: 38, pass: 8, sleep: 46, escalate: 2, raise: 2, lower: 2, answer: 2 } as const;
/** A page about a request that he has already, or that he is given. */
const WHEN_REMINDED = { work: 50, sleep: 50 } as const;
/** What becomes of a request that somebody has. */
const AFTERWARDS = { work: 50, forget: 14, release: 12, wait: 12, reassign: 6, raise: 3, lower: 3 } as const;

/** The officers of all desks. None of them is reliable, and they do not speak with one another. */
export class Officers {
  readonly #outside: Outside;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  /** A page rings at an officer's, who may do anything or nothing. */
  rung(page: PageMessage): void {
    const { random } = this.#outside;
    const by = page.officer ?? this.#anybody();
    const isFirst = page.reason === 'step' || page.reason === 'last_resort';
    const choice = isFirst ? random.weighted(WHEN_RUNG) : random.weighted(WHEN_REMINDED);
    this.#later(5 * SECOND, 15 * MINUTE, () => {
      if (choice === 'work') this.#withEach(page.shortId, (request) => this.#work(request, by));
      else if (choice === 'acknowledge') this.#acknowledge(page.shortId, by);
      else if (choice === 'pass') this.#outside.ask((house) => house.passAll(page.shortId, by));
      else if (choice !== 'sleep') this.#withEach(page.shortId, (request) => this.#do(request, choice, by));
    });
  }

  /** Somebody sees the request on the desk page without having been rung. */
  saw(request: string, by: OfficerId): void {
    this.#do(request, 'acknowledge', by, (result) => {
      if (result.ok) this.#afterwards(request, by);
    });
  }

  /** Now and then two do it at the same moment. */
  #acknowledge(shortId: string, by: OfficerId): void {
    const { random } = this.#outside;
    const both = random.happens(0.1) ? [by, this.#anybody()] : [by];
    for (const officer of both) {
      this.#outside.ask(
        (house) => house.acknowledgeAll(shortId, officer),
        (answered) => this.#acknowledged(answered, officer),
      );
    }
  }

  #acknowledged(answered: AnsweredAll, by: OfficerId): void {
    const requests = answered.ok ? answered.requests : [];
    for (const { requestId, result } of requests) {
      this.#outside.did('acknowledge', result);
      if (result === 'done') this.#afterwards(requestId, by);
    }
  }

  #afterwards(request: string, by: OfficerId): void {
    const choice = this.#outside.random.weighted(AFTERWARDS);
    if (choice === 'work') this.#work(request, by);
    if (choice === 'work' || choice === 'forget') return;
    this.#later(30 * SECOND, HOUR, () => {
      this.#do(request, choice, by);
      if (choice === 'wait' && this.#outside.random.happens(0.6)) {
        this.#later(10 * MINUTE, DAY, () => this.#work(request, by));
      }
    });
  }

  /** From telling the sender to the close, with any of it left out. */
  #work(request: string, by: OfficerId): void {
    const { random } = this.#outside;
    const way: readonly (readonly [CommandType, number, Duration])[] = [
      ['verify_sender', 0.4, 10 * MINUTE],
      ['tell', 0.6, 20 * MINUTE],
      ['start', 0.4, 30 * MINUTE],
      ['ask', 0.2, HOUR],
      ['hold', 0.3, HOUR],
      ['note', 0.2, HOUR],
      [random.pick(['answer', 'refuse', 'not_possible', 'no_further_action', 'forward']), 0.9, 8 * HOUR],
      ['close', 0.7, DAY],
      ['reopen', 0.06, 3 * DAY],
    ];
    this.#goOn(
      request,
      by,
      way.filter(([, likely]) => random.happens(likely)),
    );
  }

  #goOn(request: string, by: OfficerId, way: readonly (readonly [CommandType, number, Duration])[]): void {
    const [next, ...rest] = way;
    if (next === undefined) return;
    const [type, , within] = next;
    this.#later(10 * SECOND, within, () => this.#do(request, type, by, () => this.#goOn(request, by, rest)));
  }

  #do(request: string, type: CommandType, by: OfficerId, then: (result: ActResult) => void = () => undefined): void {
    const said = this.#words(type, by);
    this.#outside.ask(
      (house) => house.act(request, type, said, by),
      (result) => {
        if (!result.ok && result.why === 'faults') throw new Error(`${type}: ${JSON.stringify(result.faults)}`);
        if (!result.ok && result.why === 'unknown_request') throw new Error(`${type}: ${request} is unknown`);
        this.#outside.did(type, result.ok ? 'done' : result.why === 'refused' ? result.refusal.code : result.why);
        then(result);
      },
    );
  }

  #words(type: CommandType, by: OfficerId): Said {
    const { random } = this.#outside;
    const now = rfc3339(this.#outside.now());
    const soon = rfc3339(this.#outside.now() + random.mostlyShort(5 * MINUTE, 2 * DAY));
    const words: Readonly<Partial<Record<CommandType, Said>>> = {
      wait: { until: soon, for: 'a fictional judge', because: 'an order is needed' },
      ask: { text: 'Which account?' },
      tell: {
        duty: random.pick(['receipt', 'start', 'progress']),
        channel: 'mail',
        told_at: now,
        ...this.#promise(soon),
      },
      verify_sender: { how: 'called back' },
      hold: { effective_at: now },
      answer: { channel: 'mail', sent_at: now, text: 'Here it is.' },
      refuse: { ground: 'political_offence', text: 'By our law.' },
      not_possible: { reason: 'other', text: 'It is gone.' },
      no_further_action: {},
      forward: { to: 'police' },
      reassign: { to: random.pick(OFFICERS.filter((one) => one !== by)) ?? by },
      raise: { to: random.pick(['emergency', 'urgent']) },
      lower: { to: random.pick(['urgent', 'routine', 'test']), text: 'It can wait.' },
      note: { text: 'A note.' },
    };
    return words[type] ?? {};
  }

  #promise(next_at: string): Said {
    return this.#outside.random.happens(0.4) ? { next_at } : {};
  }

  #withEach(shortId: string, then: (request: string) => void): void {
    this.#outside.ask(
      (house) => house.requestsOf(shortId),
      (requests) => requests.forEach(then),
    );
  }

  #anybody(): OfficerId {
    return this.#outside.random.pick(OFFICERS) ?? '';
  }

  #later(from: Duration, to: Duration, run: () => void): void {
    this.#outside.after(this.#outside.random.mostlyShort(from, to), run);
  }
}
