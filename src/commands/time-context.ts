import type { Instant } from '../../rota/instant.ts';

export type TimeContext = {
  /** The desk's: what is typed without an offset is meant there. */
  readonly zone: string;
  readonly now: Instant;
  /** Where more than one instant fits: the next one, or, for what has happened, the last one. */
  readonly side: 'ahead' | 'behind';
};
