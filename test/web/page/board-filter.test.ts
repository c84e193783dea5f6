import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, rfc3339 } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

let house: PageDesk;
let ana: Visitor;
const made: Record<string, RequestState> = {};

beforeAll(async () => {
  house = await pageDesk();
  ana = await house.signIn('ana');
  const receive = async (name: string, more = {}) => (made[name] = await house.receive({ subject: name, ...more }));
  const urgent = { kind: 'other', urgency: 'not_urgent' } as const;
  for (const name of ['open', 'mine', 'dans', 'waiting', 'closed']) await receive(name, urgent);
  await receive('emergency', { urgency: 'emergency', grounds: ['life'] });
  const by = (name: string, action: Parameters<typeof act>[2], said = {}, officer = 'ana') =>
    act(house.desk, made[name]?.id ?? '', action, said, officer);
  for (const name of ['mine', 'waiting', 'closed']) await by(name, 'acknowledge');
  await by('dans', 'acknowledge', {}, 'dan');
  const until = rfc3339(house.clock.now() + HOUR);
  expect(await by('waiting', 'wait', { until, for: 'the provider', because: 'logs' })).toMatchObject({ ok: true });
  await by('closed', 'no_further_action', { text: 'done' });
  expect(await by('closed', 'close')).toMatchObject({ ok: true });
});
afterAll(() => house.close());

/** Names of the requests whose rows are shown. */
async function shown(query: string): Promise<readonly string[]> {
  const { body } = await ana.get(`/board${query}`);
  return Object.keys(made).filter((name) => body.includes(`<li id="row-${made[name]?.id}"`));
}

describe('the filters of the board', () => {
  it.each([
    ['', ['open', 'mine', 'dans', 'waiting', 'emergency']],
    ['?show=mine', ['mine', 'waiting']],
    ['?show=unowned', ['open', 'emergency']],
    ['?show=waiting', ['waiting']],
    ['?show=closed', ['closed']],
    ['?urgency=emergency', ['emergency']],
    ['?show=mine&urgency=emergency', []],
    ['?show=closed&urgency=emergency', []],
    ['?show=nonsense&urgency=high&show=x', ['open', 'mine', 'dans', 'waiting', 'emergency']],
  ])('show with %j what belongs there', async (query, names) => {
    expect(await shown(query)).toEqual(names);
  });

  it('are links with counts, of which the chosen ones say so', async () => {
    const { body } = await ana.get('/?show=mine&urgency=routine');
    expect(body).toContain('<a href="/?show=mine&amp;urgency=routine" aria-current="page">Mine <small>2</small></a>');
    expect(body).toContain('<a href="/?urgency=routine">All <small>4</small></a>');
    expect(body).toContain('<a href="/?show=unowned&amp;urgency=routine">Nobody’s <small>1</small></a>');
    expect(body).toContain('<a href="/?show=mine&amp;urgency=routine" aria-current="page">Routine</a>');
    expect(body).toContain('<a href="/?show=mine">Any urgency</a>');
    expect(body.match(/aria-current/g)).toHaveLength(2);
    expect(keysShown(body)).toEqual([]);
  });

  it('are kept when the board brings itself up to date', async () => {
    const { body } = await ana.get('/?show=mine&urgency=emergency&other=x');
    expect(body).toContain('hx-get="/board?show=mine&amp;urgency=emergency"');
    expect((await ana.get('/')).body).toContain('hx-get="/board"');
  });

  it('leave nothing out of what is announced', async () => {
    const { body } = await ana.get('/board?show=mine');
    const { id = '', shortId = '' } = made['emergency'] ?? {};
    expect(body).toContain(`<span id="row-${id}" data-announce="New: Emergency ${shortId}" hidden></span>`);
    expect(body.match(/data-announce/g)).toHaveLength(5);
  });

  it('say that there is nothing of the kind', async () => {
    expect((await ana.get('/board?show=mine&urgency=emergency')).body).toContain('Nothing of this kind.');
    expect((await ana.get('/?show=waiting', { 'accept-language': 'fr' })).body).toContain('En attente');
  });
});
