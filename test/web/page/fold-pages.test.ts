import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../rota/instant.ts';
import type { DeliveryRow } from '../../../src/ports/register.ts';
import { foldPages } from '../../../src/web/page/fold-pages.ts';
import { TUESDAY } from '../../support/desk.ts';

let made = 0;
function to(officer: string, state: DeliveryRow['state'], more: Partial<DeliveryRow> = {}): DeliveryRow {
  const at = TUESDAY + made * MINUTE;
  return {
    id: `d${made++}`,
    requestId: 'r1',
    kind: 'page',
    officer,
    address: officer,
    methodId: `${officer}/pager`,
    methodType: 'pager',
    urgency: 'emergency',
    shortId: 'K7Q2',
    reason: 'step',
    dueAt: at,
    giveUpAt: at + MINUTE,
    state,
    attempts: 3,
    finishedAt: at,
    ...(state === 'failed' ? { code: 'not_connected' } : {}),
    ...more,
  } as DeliveryRow;
}

const told = (deliveries: readonly DeliveryRow[]) =>
  foldPages(deliveries).map(({ last, pages, attempts }) => `${last.officer} ${last.state} ${pages} ${attempts}`);

describe('who was paged', () => {
  it('is one line for each officer whose pages fail in every round, with how often', () => {
    const six = ['ana', 'dan', 'eva', 'filip', 'gita', 'horia'];
    const rounds = [1, 2, 3].flatMap(() => six.map((officer) => to(officer, 'failed')));
    expect(told(rounds)).toEqual(six.map((officer) => `${officer} failed 3 9`));
  });

  it('counts the page that is still tried to those before it, and says each reason once', () => {
    const pages = [
      to('dan', 'failed'),
      to('dan', 'failed'),
      to('dan', 'pending', { code: 'not_connected', reason: 'last_resort' }),
    ];
    expect(told(pages)).toEqual(['dan pending 3 9']);
    expect(foldPages(pages)[0]?.reasons).toEqual(['step', 'last_resort']);
    expect(told([to('dan', 'failed'), to('dan', 'pending', { attempts: 0 })])).toEqual([
      'dan failed 1 3',
      'dan pending 1 0',
    ]);
  });

  it('is one line for calls that are planned for hours ahead, and for those that were no longer needed', () => {
    const unsent = { attempts: 0 };
    const pages = [
      to('dan', 'handed_over'),
      ...[1, 2, 3].map(() => to('dan', 'cancelled', unsent)),
      to('dan', 'cancelled'),
      ...[1, 2].map(() => to('dan', 'pending', unsent)),
    ];
    expect(told(pages)).toEqual(['dan handed_over 1 3', 'dan cancelled 3 0', 'dan cancelled 1 3', 'dan pending 2 0']);
  });

  it('keeps from when to when', () => {
    const pages = [to('dan', 'failed'), to('ana', 'handed_over'), to('dan', 'failed')];
    const line = foldPages(pages).find(({ last }) => last.officer === 'dan');
    expect([line?.first.id, line?.last.id]).toEqual([pages[0]?.id, pages[2]?.id]);
  });

  it('begins anew when something else came of a page in between, so that nothing is told out of its order', () => {
    expect(told([to('dan', 'failed'), to('dan', 'failed'), to('dan', 'handed_over'), to('dan', 'failed')])).toEqual([
      'dan failed 2 6',
      'dan handed_over 1 3',
      'dan failed 1 3',
    ]);
  });

  it('never folds what arrived, nor failures of another kind or method', () => {
    const pages = [
      to('dan', 'handed_over'),
      to('dan', 'handed_over'),
      to('eva', 'failed'),
      to('eva', 'failed', { code: 'not_confirmed' }),
      to('ana', 'failed'),
      to('ana', 'failed', { methodType: 'sms' }),
    ];
    expect(foldPages(pages)).toHaveLength(pages.length);
  });
});
