import { expect, test } from 'vitest';
import { rfc3339 } from '../../rota/instant.ts';
import type { PolicyStep, Target } from '../../src/paging/policy.ts';
import { ackBy, MINUTES, Night, T0 } from './night.ts';

const step = (target: Target): PolicyStep => ({ targets: [target], window: MINUTES(5) });
const LADDER = [
  step({ kind: 'on_duty' }),
  step({ kind: 'role', role: 'head' }),
  step({ kind: 'officer', officer: 'eva' }),
];
const TEAM = { onDuty: ['dan', 'horia'], everyone: ['ana', 'dan', 'eva', 'horia'], head: ['ana'] };

test('raised while somebody has it, it begins anew under its new policy when it is given back, but not at the giver', () => {
  const night = new Night(LADDER, TEAM, 'urgent').at(6);
  night.tell(ackBy('dan'));
  const raised = {
    from: 'urgent',
    to: 'emergency',
    reason: 'by_hand',
    policy: 'other',
    revision: 1,
    clocks: [],
    progressDueAt: rfc3339(T0 + MINUTES(30)),
  } as const;
  night.tell({ type: 'urgency.raised/1', data: raised }).at(8);
  night.tell({ type: 'request.released/1', data: { by: 'dan' } });
  expect(night.entries.slice(-2)).toMatchObject([
    { type: 'round.began/1', data: { round: 1, policy: 'other' } },
    { type: 'step.rang/1', data: { step: 0, cause: 'released', until: rfc3339(T0 + MINUTES(13)) } },
  ]);
  expect(night.rung.slice(3)).toEqual(['8 horia/pager']);
});
