import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import { listenAt } from '../../../src/web/admin.ts';
import { AdminClient, Refused } from '../../../src/web/admin-client.ts';
import { TUESDAY } from '../../support/desk.ts';
import { keysShown } from '../../support/text-keys.ts';
import { BODY, bearer, type House, openHouse, REQUESTS, send } from '../open-house.ts';

const LONG = `It began at 02:41.\n${'All of it is told. '.repeat(2_000)}The end of the message.`;
const FILE = 'the bytes of a file';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let house: House;
let client: AdminClient;
let close: () => Promise<void>;
let reference: string;
let shortId: string;

beforeAll(async () => {
  house = await openHouse();
  const admin = house.admin();
  const path = join(mkdtempSync(join(tmpdir(), 'tocsin-')), 'tocsin.sock');
  await listenAt(admin, path);
  client = new AdminClient(path);
  close = async () => {
    await admin.close();
    await house.close();
  };
  ({ reference, shortId } = (await send(house, { ...BODY, text: LONG })).json());
  const url = `${REQUESTS}/${reference}/attachments/list.txt`;
  await house.app.inject({
    method: 'PUT',
    url,
    payload: FILE,
    headers: { ...bearer(), 'content-type': 'text/plain' },
  });
  const row = await house.store.byReference(reference);
  house.clock.set(TUESDAY + 3 * MINUTE);
  await act(house.desk, row?.id ?? '', 'acknowledge', {}, 'ana');
  await act(house.desk, row?.id ?? '', 'note', { text: 'the provider was <called>' }, 'ana');
}, 30_000);
afterAll(() => close());

/** What a reader sees before the appendix, and the whole. */
async function pageIn(language: string) {
  const page = await client.page(reference, language);
  const [before = ''] = page.split('class="appendix"');
  const words = before
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  return { page, words };
}

describe('the page of one request for somebody without Tocsin', () => {
  it('begins with what it is: reference, short id, kind, urgency, desk, when it came', async () => {
    const { page, words } = await pageIn('en');
    expect(page).toContain(`<title>${reference}</title>`);
    expect(words).toContain(
      `${reference} Short id ${shortId} Kind Preservation Urgency Urgent Desk National contact point Received 24 Nov 2026, 11:00:00 (09:00 UTC)`,
    );
    expect(words).toContain('Times are those of Europe/Bucharest, with UTC in brackets.');
  });

  it('tells the story in sentences, the oldest first, with each time in both zones and the words that were written', async () => {
    const { words } = await pageIn('en');
    const told = [
      'Received from NCB Example through INTERPOL: Preservation, Urgent.',
      'Round 1, step 1: paging Dan Example (pager). Why now: the request came in.',
      '24 Nov 2026, 11:03:00 (09:03 UTC) Ana Example Ana Example acknowledged. Progress is due by 24 Nov 2026, 13:03:00 (11:03 UTC).',
      'the provider was &lt;called&gt;',
    ];
    const places = told.map((line) => words.lastIndexOf(line));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('shows no code, no id and no path of the data outside the appendix', async () => {
    const { words } = await pageIn('en');
    const [body = ''] = words.split('How to verify it');
    expect(body).not.toMatch(/›|giveUpAt|claim:|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/);
    expect(keysShown(words)).toEqual([]);
  });

  it('has the content in full, and attachments with their hashes', async () => {
    const { words } = await pageIn('en');
    expect(words).toContain(LONG.replace(/\s+/g, ' '));
    expect(words).toContain(`list.txt (${FILE.length} bytes) SHA-256 ${sha256(FILE)}`);
  });

  it('folds nothing away that only a press would open', async () => {
    const { page } = await pageIn('en');
    expect(page).toContain('<details open>');
    expect(page).not.toContain('<details>');
  });

  it('says how to verify it, and by which hash and checkpoint', async () => {
    const line = await client.checkpoint('root');
    const { page, words } = await pageIn('en');
    expect(words).toContain('it proves nothing by itself');
    expect(words).toContain(`npx tocsin journal export ${reference} &gt; ${reference}.jsonl python3 verify.py`);
    const row = await house.store.byReference(reference);
    const entries = await house.store.entries(`request/${row?.id}`, 1, 1000);
    expect(words).toContain(`tells of ${entries.length} entries. The hash of the last one is ${entries.at(-1)?.hash}`);
    expect(page).toContain(`<pre>${line}</pre>`);
  });

  it('has every entry as it is in an appendix', async () => {
    const { page } = await pageIn('en');
    const appendix = page.slice(page.indexOf('class="appendix"'));
    expect(appendix).toContain('<strong>request received</strong>');
    expect(appendix).toContain('giveUpAt');
  });

  it('runs nothing, fetches nothing and links nowhere', async () => {
    const { page } = await pageIn('en');
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<img|<link|<a |href=|url\(/);
  });

  it('speaks French, and English where a language is not ours', async () => {
    const { page, words } = await pageIn('fr');
    expect(page).toContain('<html lang="fr"');
    expect(words).toContain('Comment vérifier');
    expect(words).toContain('Reçue 24 nov. 2026, 11:00:00 (09:00 UTC)');
    expect(keysShown(words)).toEqual([]);
    expect((await pageIn('ro')).words).toContain('How to verify it');
  });

  it('is refused where there is no such request', async () => {
    const asking = client.page('T-1999-0001', 'en');
    await expect(asking).rejects.toThrow(Refused);
    await expect(asking).rejects.toMatchObject({ code: 'unknown_reference' });
  });
});
