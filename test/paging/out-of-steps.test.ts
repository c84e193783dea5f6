import { expect, test } from 'vitest';
import type { PolicyStep, Target } from '../../src/paging/policy.ts';
import { ackBy, MINUTES, Night } from './night.ts';

const ON_DUTY: Target = { kind: 'on_duty' };
const LADDER: PolicyStep[] = [{ targets: [ON_DUTY], window: MINUTES(5) }];
const TEAM = { onDuty: ['dan'], everyone: ['ana', 'dan', 'eva'] };

/** Nothing that rings now gets through. */
function failAll(night: Night): Night {
  const { state } = night;
  const pages = state.status === 'open' ? state.escalation.pages : [];
  for (const { id: page } of pages) {
    night.tell({ type: 'page.failed/1', data: { page, attempt: 1, class: 'temporary', code: 'down' } });
  }
  return night;
}

test('a later round whose every page fails within its first minute waits, once, for the next round', () => {
  const night = failAll(new Night(LADDER, TEAM).page('dan', 'pager', 'handed_over').at(5));
  expect(night.types().filter((type) => type === 'round.waits')).toHaveLength(1);
  expect(night.at(6).types().slice(-1)).toEqual(['round.rang']);
});

test('what is given back after everybody was rung rings at everybody else', () => {
  const night = failAll(failAll(new Night(LADDER, TEAM))).at(1.5);
  expect(night.rung.slice(-4)).toEqual(['1 ana/pager', '1 dan/pager', '1 eva/pager', '1 #page']);
  night
    .tell(ackBy('eva'))
    .at(10)
    .tell({ type: 'request.released/1', data: { by: 'eva' } });
  expect(night.rung.slice(-2)).toEqual(['10 ana/pager', '10 dan/pager']);
  expect(night.entries.at(-1)?.data).toMatchObject({ step: 'everyone', cause: 'released' });
  night.page('ana', 'pager', 'handed_over');
  expect(night.at(15).types().slice(-3)).toEqual(['round.began', 'step.rang', 'last_resort.rang']);
});
