import { DAY, HOUR, type Instant, MINUTE, type Span } from '../../rota/instant.ts';
import { METHOD_TYPES, METHODS } from './desks.ts';
import type { Random } from './random.ts';

/** How a provider is at some time. */
export type Health =
  | 'fine'
  /** It answers late, sometimes too late. */
  | 'slow'
  /** It says that it cannot now. */
  | 'down'
  /** It says that it has taken the page, and rings nobody. */
  | 'lying'
  /** Its adapter throws. */
  | 'crashing'
  /** It rings, and its answer is lost. */
  | 'lost'
  /** It says that this number never will work. */
  | 'refusing';

/** A room that cannot be reached now. */
export class RoomDown extends Error {}

type Spell = Span & { readonly of: string; readonly health: Health };

const BAD = { slow: 3, down: 4, lying: 2, crashing: 2, lost: 2 } as const;
/** Even on a good day some pages meet with something. */
const HICCUP = 0.04;
const SPELLS_A_METHOD = 12;
const OUTAGES = 3;
const WRONG_NUMBERS = 3;

/** How the providers and rooms do over a year, and how each single page fares. */
export class Weather {
  readonly #spells: readonly Spell[];
  readonly #random: Random;

  /** @param busy moments that bad weather seeks */
  constructor(random: Random, year: Span, busy: readonly Instant[]) {
    this.#random = random;
    const moment = () => random.pick(busy) ?? random.between(year.start, year.end);
    const from = (of: string, health: Health, lasts: number): Spell => {
      const start = moment() - random.between(0, lasts);
      return { of, health, start, end: start + lasts };
    };
    const single = [...METHOD_TYPES, 'room'].flatMap((of) =>
      Array.from({ length: SPELLS_A_METHOD }, () =>
        from(of, random.weighted(BAD), random.mostlyShort(5 * MINUTE, 8 * HOUR)),
      ),
    );
    const outages = Array.from({ length: OUTAGES }, () => {
      const { start, end } = from('', 'down', random.between(8 * MINUTE, 30 * MINUTE));
      return [...METHOD_TYPES, 'room'].map((of): Spell => ({ of, health: 'down', start, end }));
    });
    const wrong = Array.from({ length: WRONG_NUMBERS }, () => {
      const address = random.pick(METHODS)?.address ?? '';
      return from(address, 'refusing', random.between(7 * DAY, 60 * DAY));
    });
    this.#spells = [...single, ...outages.flat(), ...wrong];
  }

  /** How the provider is for this address, one page at a time. */
  of(type: string, address: string, now: Instant): Health {
    const spell = this.#spells.find(
      ({ of, start, end }) => start <= now && now < end && (of === type || of === address),
    );
    if (spell !== undefined) return spell.health;
    return this.#random.happens(HICCUP) ? this.#random.weighted(BAD) : 'fine';
  }
}
