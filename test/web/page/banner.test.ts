import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notice } from '../../../src/ports/channel.ts';
import type { RequestRow } from '../../../src/ports/steps.ts';
import type { Escalation, Page } from '../../../src/request/state.ts';
import { banner } from '../../../src/web/page/banner.ts';
import { html } from '../../../src/web/page/html.ts';
import type { Viewer } from '../../../src/web/viewer.ts';
import { viewerOf } from '../../../src/web/viewer.ts';
import { TUESDAY } from '../../support/desk.ts';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';

let house: PageDesk;
let open: RequestRow;
let viewer: Viewer;
beforeAll(async () => {
  house = await pageDesk();
  const row = await house.store.request((await house.receive({ text: 'hello' })).id);
  const who = viewerOf(house.desk.setups, { officer: 'ana', csrf: '' }, 'en', TUESDAY);
  if (row === undefined || who === undefined) throw new Error('there is nothing to show');
  open = row;
  viewer = who;
});
afterAll(() => house.close());

/** An open request whose paging stands so. */
function waiting(shortId: string, escalation: Partial<Escalation>): RequestRow {
  const { state } = open;
  if (state.status !== 'open') throw new Error('it is not open');
  return { ...open, shortId, state: { ...state, shortId, escalation: { ...state.escalation, ...escalation } } };
}

const page = (more: Partial<Page>): Page => ({
  id: 'p',
  officer: 'dan',
  method: 'dan/pager',
  dueAt: TUESDAY,
  giveUpAt: TUESDAY,
  state: 'handed_over',
  ...more,
});
const ASIDE = { id: 'p', channel: 'page', method: 'channel:page', dueAt: TUESDAY, giveUpAt: TUESDAY, aside: true };
const PAGED = { lastResort: true, ringing: 0, pages: [page({}), { ...ASIDE, state: 'handed_over' }] } as const;
const UNREACHED = { ringing: 1, pages: [page({ state: 'failed' }), { ...ASIDE, state: 'handed_over' }] } as const;
const said = (rows: readonly RequestRow[], notices: readonly Notice[] = []) =>
  html`${banner(viewer, rows, notices)}`
    .toString()
    .replace(/<[^>]*>/g, ' ')
    .trim();

describe('the banner of the board', () => {
  it('is not there while a step of the policy does its work: the row says it', () => {
    expect(said([waiting('AAAA', { ringing: 0, pages: [page({})] })])).toBe('');
    expect(said([])).toBe('');
  });

  it('is one line, however many wait', () => {
    const rows = Array.from({ length: 20 }, (_, n) => waiting(`N${n}`, PAGED));
    expect(said(rows)).toBe('20 requests wait and nobody has them: people are being paged.');
    expect(said(rows.slice(0, 1))).toBe('1 request waits and nobody has it: people are being paged.');
  });

  it('says what the rows say: who could not be paged is not being paged', () => {
    expect(said([waiting('AAAA', UNREACHED)])).toBe('1 request waits and nobody has it: nobody could be reached.');
    const anew = { ringing: 'everyone', handedOver: false, pages: [page({ state: 'pending' })] } as const;
    expect(said([waiting('AAAA', anew)])).toContain('nobody could be reached');
    expect(said([waiting('AAAA', { ...anew, handedOver: true, lastResort: true })])).toContain(
      'people are being paged',
    );
    expect(said([waiting('AAAA', UNREACHED), waiting('BBBB', PAGED), waiting('CCCC', PAGED)])).toBe(
      '3 requests wait and nobody has them: people are being paged for 2, nobody could be reached for 1.',
    );
  });

  it('is there when a step calls the channel, and not before the paging has begun', () => {
    const called = { ringing: 0, pages: [{ ...ASIDE, aside: false, state: 'pending' }] } as const;
    expect(said([waiting('AAAA', called)])).toContain('people are being paged');
    const { state } = open;
    if (state.status !== 'open') throw new Error('it is not open');
    const { ringing: _none, ...notYet } = state.escalation;
    expect(said([{ ...open, state: { ...state, escalation: { ...notYet, pages: [] } } }])).toBe('');
  });

  it('names all that Tocsin cannot process in one more line, and none that somebody has', () => {
    const stuck = (shortId: string): Notice => ({
      id: shortId,
      code: 'stuck',
      desks: ['ncp'],
      shortId,
      urgency: 'urgent',
      at: TUESDAY,
    });
    const rows = [
      waiting('AAAA', { ringing: 0, pages: [page({})] }),
      waiting('BBBB', { ringing: 0, pages: [page({})] }),
    ];
    expect(said(rows, [stuck('BBBB'), stuck('AAAA'), stuck('GONE')])).toBe(
      'Tocsin cannot process AAAA, BBBB. Look at them now, and decide by hand.',
    );
  });
});
