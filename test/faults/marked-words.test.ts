import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ACTIONS, type Field } from '../../src/desk/actions.ts';
import type { CommandType } from '../../src/request/command.ts';
import { messageSchema } from '../../src/web/intake/message-schema.ts';
import { Officer } from '../support/officer.ts';
import type { Pager } from '../support/pager.ts';
import { type Answer, Tocsin, tocsin } from '../support/process.ts';
import { StoreCopy } from '../support/store-copy.ts';
import { shortDesk, urgent } from '../support/story-desk.ts';

/** Every word that comes from outside or is typed by people carries one of these, each its own. */
const MARK = /mark\d+x/;
let planted = 0;
const mark = () => `mark${planted++}x`;

type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
};

/** A value for the schema with a word of its own in every text that may hold one. */
function plant(schema: Schema, name = ''): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.pattern !== undefined) return name === 'country' ? 'XZ' : 'en';
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, plant(one, key)]));
  }
  if (schema.type === 'array') return [plant(schema.items ?? {})];
  return schema.type === 'integer' ? 443 : mark();
}

const wholeMessage = () => plant(z.toJSONSchema(messageSchema, { io: 'input' }) as Schema) as object;

const soon = () => new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
const now = () => new Date().toISOString().slice(0, 16);

/** What goes into a field of an action that knows its values; words are marked. */
const CHOSEN: Readonly<Partial<Record<Field['kind'], (name: string) => string>>> = {
  time: (name) => (name === 'until' || name === 'next_at' ? soon() : now()),
  officer: () => 'eva',
  kind: () => 'other',
  ground: () => 'own_words',
  reason: () => 'other',
  policy: () => 'urgent',
  clock: () => 'receipt',
  duty: () => 'receipt',
  agreement: () => 'yes',
  means: () => 'mail',
  recipient: () => 'police',
  stop_reason: () => 'agreed',
};

function filled(action: CommandType): Record<string, string> {
  const urgency = () => (action === 'raise' ? 'emergency' : 'routine');
  return Object.fromEntries(
    ACTIONS[action].fields.map(({ name, kind }) => [
      name,
      kind === 'urgency' ? urgency() : (CHOSEN[kind]?.(name) ?? mark()),
    ]),
  );
}

let desk: Tocsin;
let dan: Officer;
let pager: Pager;
const refusals: Answer[] = [];
/** What the command line said to whoever asked for something that is not there. */
const cli: string[] = [];

beforeAll(async () => {
  desk = await Tocsin.start({ yaml: shortDesk('10m') });
  dan = await Officer.signIn(desk, 'dan');
  pager = await dan.pager();
  await sendEverything();
  await answerEverything();
  await askForWhatIsNotThere();
}, 60_000);
afterAll(() => desk[Symbol.asyncDispose]());

async function sendEverything(): Promise<void> {
  const { reference } = await desk.send(wholeMessage(), { 'idempotency-key': mark(), 'user-agent': mark() });
  const attachment = `/api/v1/requests/${reference}/attachments/${mark()}.txt`;
  const authorization = `Bearer ${desk.token}`;
  expect((await desk.fetch(attachment, { method: 'PUT', headers: { authorization }, body: mark() })).status).toBe(201);
  const form = new FormData();
  form.set('request', new Blob([JSON.stringify(wholeMessage())], { type: 'application/json' }));
  form.set(mark(), new Blob([mark()], { type: `text/${mark()}` }), `${mark()}.txt`);
  const sent = await desk.fetch('/api/v1/requests', { method: 'POST', headers: { authorization }, body: form });
  expect(sent.status).toBe(201);
}

function mail(): string {
  const headers = ['From', 'To', 'Cc', 'Reply-To', 'Subject', 'Message-ID', 'In-Reply-To', 'X-Own', 'Received', 'Date'];
  const part = (head: string, body: string) => `--b\r\nContent-Type: ${head}\r\n\r\n${body}\r\n`;
  return [
    ...headers.map((name) => `${name}: ${mark()} <${mark()}@${mark()}.example>`),
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${part('text/plain', mark())}${part('text/html', `<p>${mark()}</p>`)}`,
  ]
    .join('\r\n')
    .concat(part(`application/${mark()}; name="${mark()}.bin"`, mark()), '--b--\r\n');
}

const sendMail = () => desk.send(mail(), { 'content-type': 'message/rfc822', 'idempotency-key': mark() });

/** Each action that asks for words, once, with a mark in each of them. */
async function answerEverything(): Promise<void> {
  for (const action of Object.keys(ACTIONS) as CommandType[]) {
    const { fields, on } = ACTIONS[action];
    if (!fields.some(({ kind }) => kind === 'words')) continue;
    // Only a mail comes from somebody who is not verified.
    const { shortId } =
      action === 'verify_sender' ? await sendMail() : await desk.send({ ...urgent(`words-${action}`), kind: 'other' });
    if (!on.includes('open')) await dan.does(shortId, 'acknowledge');
    await dan.does(shortId, action, filled(action));
  }
}

async function askForWhatIsNotThere(): Promise<void> {
  const whole = JSON.stringify(wholeMessage());
  refusals.push(
    await desk.post(whole.replaceAll('"en"', `"${mark()}"`).replaceAll('443', `"${mark()}"`)),
    await desk.post(whole.slice(0, -1)),
    await desk.post(JSON.stringify({ subject: [mark()], kind: mark(), sender: mark() })),
    await desk.post(whole, { authorization: `Bearer ${mark()}` }),
    await desk.post(whole, { 'content-type': `text/${mark()}` }),
    await desk.post(whole, { 'idempotency-key': `${mark()} with blanks` }),
    await desk.fetch(`/${mark()}?${mark()}=${mark()}`),
    await desk.fetch(`/api/v1/requests/${mark()}`, { headers: { authorization: `Bearer ${desk.token}` } }),
    await desk.fetch(`/signin/${mark()}`, { method: 'POST' }),
    await dan.post(`/requests/${mark()}/actions/note`, { text: mark() }),
    await dan.post('/pager/beat', { pager: mark() }),
    await dan.post('/pager/confirm', { id: mark() }),
    await dan.post('/signout', { csrf: mark() }),
  );
  const asked = [
    ['link', mark()],
    ['journal', 'export', mark()],
    ['journal', 'verify', mark()],
  ];
  cli.push(
    ...(await Promise.all(asked.map((args) => tocsin(desk.folder, ...args)))).map(({ code, out }) => `${code} ${out}`),
  );
}

describe('words that came from outside or that people typed', () => {
  it('were planted in every field there is', () => {
    expect(planted).toBeGreaterThan(120);
    expect(refusals.map(({ status }) => status)).toEqual([
      400, 400, 400, 401, 415, 400, 404, 404, 410, 404, 410, 204, 403,
    ]);
    expect(cli).toEqual(['1 ', '1 ', '2 ']);
  });

  it('are in no refusal, no event of a pager and no figure', async () => {
    for (const { text } of refusals) expect(text).not.toMatch(MARK);
    expect(pager.heard.length).toBeGreaterThan(0);
    expect(pager.raw).not.toMatch(MARK);
    expect((await desk.fetch('/metrics')).text).not.toMatch(MARK);
    expect((await desk.fetch('/readyz')).text).not.toMatch(MARK);
    expect(JSON.stringify(await desk.admin.status())).not.toMatch(MARK);
  });

  it('are in no entry of the journal, which holds their hashes', async () => {
    const entries = await desk.journal();
    expect(entries.length).toBeGreaterThan(50);
    expect(entries.filter((entry) => MARK.test(JSON.stringify(entry)))).toEqual([]);
    expect((await desk.exported()).toString('utf8')).not.toMatch(MARK);
  });

  it('are in no log, and in no table but that of contents and the index of the search', async () => {
    expect((await desk.stop()).code).toBe(0);
    expect(desk.said).not.toMatch(MARK);
    using store = new StoreCopy(desk.database);
    const names = store
      .all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['request', 'alarm', 'delivery', 'bundle', 'view', 'journal_entry']));
    const marked = names.filter((name) => store.all(`SELECT * FROM "${name}"`).some((row) => MARK.test(textOf(row))));
    // The index of the search holds their words a second time, and loses them with the content.
    expect(marked.filter((name) => !name.startsWith('search_'))).toEqual(['content']);
  });
});

/** Texts and bytes of a row, read as text. */
function textOf(row: Readonly<Record<string, unknown>>): string {
  return Object.values(row)
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
    .join('\n');
}
