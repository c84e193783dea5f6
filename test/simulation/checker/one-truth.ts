import { BrokenPromise } from './broken-promise.ts';
import type { Changed, DeliveryRow } from './ledger.ts';
import { ladderOf, type Story } from './story.ts';
import type { Told } from './told.ts';

/** A step may ring again in its round when it was given back, or for an officer who was named. */
const AGAIN: readonly string[] = ['released', 'reassigned'];

type Check = (story: Story, told: Told) => string | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  'request.acknowledged/1': ({ isAcknowledged, owner }, { data }) =>
    isAcknowledged ? `${data.by} acknowledged it although ${owner} has it` : undefined,
  'step.rang/1': (story, told) => {
    const { step, cause = '' } = told.data;
    if (rangBefore(story, told, String(step)) && !AGAIN.includes(cause)) {
      return `step ${step} of round ${told.data.round} rang twice, now because of "${cause}"`;
    }
    return ringsBack(story, told);
  },
  'last_resort.rang/1': (story, told) =>
    rangBefore(story, told, 'last_resort')
      ? `the last resort rang twice in round ${told.data.round}`
      : ringsBack(story, told),
  'round.rang/1': ringsBack,
  'page.handed_over/1': ({ handedOver }, { data }) =>
    handedOver.has(String(data.page)) ? `the page ${data.page} was handed over twice` : undefined,
};

/** Promise 5, at an entry: an acknowledgement counts once, a step rings once, a page is handed over once. */
export function checkOnce(story: Story, told: Told): void {
  const what = CHECKS[told.type]?.(story, told);
  if (what !== undefined) throw new BrokenPromise(5, story.shortId, what);
}

/** What is given back rings next at somebody else's. */
function ringsBack({ desk, releasedBy }: Story, { data }: Told): string | undefined {
  const isBack =
    data.desk === desk && data.pages?.some(({ officer }) => officer !== undefined && officer === releasedBy);
  return isBack === true ? `it was given back by ${releasedBy} and rings there again` : undefined;
}

function rangBefore(story: Story, told: Told, step: string): boolean {
  return ladderOf(story, told).rung.has(step);
}

/** Promise 5, at a row: what has been handed over stays so. */
export function checkHandedOver({ before, after }: Changed<DeliveryRow>): void {
  if (before?.state !== 'handed_over' || after?.state === 'handed_over') return;
  const what = `the delivery ${before.id} was handed over and is now ${after?.state ?? 'gone'}`;
  throw new BrokenPromise(5, before.shortId, what);
}
