import type { Kind, RefusalGround } from '../request/kind.ts';
import type { DeskSetup } from './setup.ts';

/** The grounds on which this desk may refuse a request of the kind: one that needs a reservation only where it was made. */
export function groundsFor(
  { reservations }: Pick<DeskSetup, 'reservations'>,
  kind: Kind | undefined,
): readonly RefusalGround[] {
  const grounds = kind?.refusalGrounds ?? [];
  return grounds.filter(({ code, needsReservation }) => needsReservation !== true || reservations.includes(code));
}
