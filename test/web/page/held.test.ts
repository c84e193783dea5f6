import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../rota/instant.ts';
import type { Actor } from '../../../src/journal/actor.ts';
import type { RequestRow } from '../../../src/ports/steps.ts';
import type { HeldFacts } from '../../../src/web/page-parts.ts';
import { TUESDAY } from '../../support/desk.ts';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

let house: PageDesk;
let rows: readonly RequestRow[];
let resumed: Actor[];
afterEach(() => house.close());

const whileHeld = async () => {
  rows = [];
  resumed = [];
  const held: HeldFacts = {
    current: () => ({ since: TUESDAY, until: TUESDAY + 10 * MINUTE }),
    requests: async () => rows,
    resume: async (actor) => resumed.push(actor) > 0,
  };
  house = await pageDesk({ held });
};

const receive = async (text: string) => {
  const { id } = await house.receive({ text });
  const row = await house.store.request(id);
  if (row !== undefined) rows = [...rows, row];
  return row?.shortId ?? '';
};

describe('the hold after a restore on the page', () => {
  it('stands on every page with what is held, in both languages, and comes and goes in open windows', async () => {
    await whileHeld();
    const shortId = await receive('hello');
    const ana = await house.signIn('ana');
    for (const path of ['/', `/requests/${rows[0]?.id}`, '/warning']) {
      const { body } = await ana.get(path);
      expect(body).toContain('paging of what was open before is held');
      expect(body).toContain(`<a class="short-id" href="/requests/${rows[0]?.id}">${shortId}</a> Open`);
      expect(body).toContain(`data-due="${TUESDAY + 10 * MINUTE}"`);
      expect(keysShown(body)).toEqual([]);
    }
    const french = (await ana.get('/', { 'accept-language': 'fr' })).body;
    expect(french).toContain('sont suspendus');
    expect(keysShown(french)).toEqual([]);
  });

  it('says so where nothing was open, and is not there when nothing is held', async () => {
    await whileHeld();
    expect((await (await house.signIn('ana')).get('/')).body).toContain('Nothing of your desks was open.');
    await house.close();
    house = await pageDesk();
    expect((await (await house.signIn('ana')).get('/')).body).not.toContain('held');
  });

  it('is ended by a head alone, with a form of our own', async () => {
    await whileHeld();
    const [ana, dan] = [await house.signIn('ana'), await house.signIn('dan')];
    expect((await ana.get('/')).body).toContain('<button>Resume paging now</button>');
    const { body } = await dan.get('/');
    expect(body).not.toContain('Resume paging now');
    expect(body).toContain('The head of a desk can resume it sooner.');
    expect((await dan.post('/resume')).statusCode).toBe(404);
    expect((await ana.post('/resume', { csrf: 'forged' })).statusCode).toBe(403);
    expect(resumed).toEqual([]);
    expect((await ana.post('/resume')).statusCode).toBe(303);
    expect(resumed).toEqual([{ kind: 'officer', officer: 'ana' }]);
  });
});
