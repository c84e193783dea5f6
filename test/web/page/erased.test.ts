import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../../src/desk/act.ts';
import { asked } from '../../../src/web/page/asked.ts';
import { html } from '../../../src/web/page/html.ts';
import { type RequestData, requestData } from '../../../src/web/page/request-data.ts';
import { story } from '../../../src/web/page/story.ts';
import { type Viewer, viewerOf } from '../../../src/web/viewer.ts';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';

let house: PageDesk;
let viewer: Viewer;
let data: RequestData;

beforeAll(async () => {
  house = await pageDesk();
  const seen = viewerOf(house.desk.setups, { officer: 'dan', csrf: 'c' }, 'en', house.clock.now());
  const { id } = await house.receive({ text: 'what was asked' });
  await act(house.desk, id, 'note', { text: 'what was noted' }, 'dan');
  const row = await house.store.request(id);
  const read = row && (await requestData(house.desk, row, false));
  if (seen === undefined || read === undefined) throw new Error('the desk is not as it should be');
  viewer = seen;
  data = read;
});
afterAll(() => house.close());

describe('what was erased', () => {
  it('is told as erased and when, and the rest of the story stands', () => {
    const erasedAt = Date.UTC(2026, 11, 1, 8);
    const contents = new Map([...data.contents.keys()].map((id) => [id, { id, erasedAt }]));
    const told = story(viewer, { ...data, contents }).toString();
    expect(told).toContain('Erased on 1 Dec 2026, 10:00:00.');
    expect(told).not.toContain('what was noted');
    expect(told).toContain('Received from NCB Example');
    expect(html`${asked(viewer, { ...data, messages: [{ gone: erasedAt }] })}`.toString()).toContain('Erased on 1 Dec');
  });

  it('and lost without a trace is told apart from it', () => {
    const told = story(viewer, { ...data, contents: new Map() }).toString();
    expect(told).toContain('The text is not in the store.');
  });
});

describe('an entry of a newer release', () => {
  it('is named, not hidden, and breaks nothing', () => {
    const [first] = data.entries;
    if (first === undefined) throw new Error('no entry');
    const entries = [{ ...first, type: 'request.sung/9', data: {} }];
    expect(story(viewer, { ...data, entries }).toString()).toContain('An entry of a newer release (request.sung/9).');
  });
});

describe('a long story', () => {
  it('shows its newest entries and where the rest is', async () => {
    const { id } = await house.receive({ text: 'hello' });
    for (let n = 0; n < 210; n++) await act(house.desk, id, 'note', { text: `note ${n}.` }, 'dan');
    const dan = await house.signIn('dan');
    const { body } = await dan.get(`/requests/${id}`);
    expect(body).toContain('note 209.');
    expect(body).not.toContain('note 0.');
    expect(body).toContain(`<a href="/requests/${id}?story=all">Show all 213 entries</a>`);
    const whole = await dan.get(`/requests/${id}?story=all`);
    expect(whole.body).toContain('note 0.');
    expect(whole.body).toContain(`hx-get="/requests/${id}/now?story=all"`);
  });
});
