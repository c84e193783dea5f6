import { IANAZone } from 'luxon';
import { type Instant, MINUTE } from '../../rota/instant.ts';

/** No zone has changed its clocks within such a span since there are railways. */
const QUARTER = 15 * MINUTE;

/** Lets Luxon look up each quarter of an hour of a zone once: years on end ask for the same ones again and again. */
export function rememberOffsets(zone: string): void {
  const known = IANAZone.create(zone);
  if (Object.hasOwn(known, 'offset')) return;
  const offsets = new Map<number, number>();
  const lookUp = known.offset.bind(known);
  known.offset = (at: Instant) => {
    const quarter = Math.floor(at / QUARTER);
    const offset = offsets.get(quarter) ?? lookUp(at);
    offsets.set(quarter, offset);
    return offset;
  };
}
