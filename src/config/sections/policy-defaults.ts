import { HOUR, MINUTE } from '../../../rota/instant.ts';
import type { Policy, PolicyStep, Target } from '../../paging/policy.ts';
import type { Urgency } from '../../request/urgency.ts';

const ON_DUTY: Target = { kind: 'on_duty' };
const HEAD: Target = { kind: 'role', role: 'head' };
const EVERYONE: Target = { kind: 'everyone' };

type Default = Omit<Policy, 'id' | 'steps'> & {
  /** Windows of: the officer on duty, the head, everyone. A desk without a head gives that time to everyone. */
  readonly windows: readonly [number, number, number];
};

/**
 * What a desk does that says nothing else: first the officer on duty, then the head, then everyone. All steps together
 * are as long as an acknowledgement may take (emergency and test 15 min, urgent 30 min; routine a day from the start of
 * duty hours, eight hours of it for the officer on duty).
 */
const DEFAULTS: Readonly<Record<Urgency, Default>> = {
  emergency: {
    windows: [5 * MINUTE, 5 * MINUTE, 5 * MINUTE],
    roundMin: MINUTE,
    progress: 30 * MINUTE,
    counts: 'always',
  },
  urgent: {
    windows: [15 * MINUTE, 5 * MINUTE, 10 * MINUTE],
    roundMin: MINUTE,
    progress: 2 * HOUR,
    counts: 'always',
  },
  routine: {
    windows: [8 * HOUR, 8 * HOUR, 8 * HOUR],
    roundMin: MINUTE,
    progress: 8 * HOUR,
    counts: 'duty_hours',
  },
  test: {
    windows: [5 * MINUTE, 5 * MINUTE, 5 * MINUTE],
    roundMin: MINUTE,
    progress: 2 * HOUR,
    counts: 'always',
  },
};

export function defaultPolicy(urgency: Urgency, hasHead: boolean): Omit<Policy, 'id'> {
  const { windows, ...rest } = DEFAULTS[urgency];
  return { ...rest, steps: defaultSteps(windows, hasHead) };
}

function defaultSteps([duty, head, all]: Default['windows'], hasHead: boolean): readonly PolicyStep[] {
  const middle = hasHead ? [{ targets: [HEAD], window: head }] : [];
  return [{ targets: [ON_DUTY], window: duty }, ...middle, { targets: [EVERYONE], window: hasHead ? all : head + all }];
}
