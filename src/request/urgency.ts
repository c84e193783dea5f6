/** How soon somebody must be awake. `test` is paged like urgent and kept out of the statistics. */
export type Urgency = 'emergency' | 'urgent' | 'routine' | 'test';

/** Most urgent first; a test rings like an urgent request but yields to real ones. */
export const URGENCIES = ['emergency', 'urgent', 'test', 'routine'] as const satisfies readonly Urgency[];

/** 0 is the most urgent. */
export function rank(urgency: Urgency): number {
  return URGENCIES.indexOf(urgency);
}

/** True when `a` must be answered sooner than `b`. */
export function isMoreUrgent(a: Urgency, b: Urgency): boolean {
  return rank(a) < rank(b);
}
