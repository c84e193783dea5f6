import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../rota/instant.ts';
import type { Setups } from '../../src/desk/setup.ts';
import type { MailReader } from '../../src/ports/mail-reader.ts';
import { MailIntake } from '../../src/web/intake/mail.ts';
import type { Source } from '../../src/web/intake/source.ts';
import { type House, openHouse, send } from './open-house.ts';

const MAILS = new URL('../mail/', import.meta.url);
const samples = readdirSync(MAILS).filter((name) => name.endsWith('.eml'));
const sample = (name: string) => readFileSync(new URL(name, MAILS));

function sendMail(house: House, bytes: Buffer, headers: Readonly<Record<string, string>> = {}) {
  return send(house, bytes, { 'content-type': 'message/rfc822', ...headers });
}

async function rowOf(house: House, answer: { json: () => { reference: string } }) {
  const row = await house.store.byReference(answer.json().reference);
  if (row === undefined) throw new Error('expected the request that was answered');
  return row;
}

describe('a mail', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it.each(samples)('becomes a request that nobody vouches for, with its bytes kept: %s', async (name) => {
    const bytes = sample(name);
    const answer = await sendMail(house, bytes);
    expect(answer.statusCode).toBe(201);
    const row = await rowOf(house, answer);
    expect(row.state).toMatchObject({
      kind: 'other',
      kindChosenBy: 'nobody',
      sourceKnown: false,
      verification: { how: 'unverified', by: '' },
    });
    const entries = await house.store.entries(`request/${row.id}`, 1, 10);
    const received = JSON.parse(entries[0]?.body ?? '').data;
    const original = (await house.store.contents([received.original.content])).get(received.original.content);
    expect(original !== undefined && 'bytes' in original && Buffer.compare(original.bytes, bytes)).toBe(0);
    expect(await house.store.waiting(10)).toEqual([]);
  });

  it('that speaks of a danger to life is an emergency, whoever sent it', async () => {
    const answer = await sendMail(house, Buffer.concat([sample('04-emergency-free-text-en.eml'), Buffer.from(' ')]));
    expect(answer.json().urgency).toBe('emergency');
  });

  it('that is an automatic answer is recorded and pages nobody', async () => {
    const answer = await sendMail(house, Buffer.concat([sample('12-auto-reply-en.eml'), Buffer.from('\r\n')]));
    expect(answer.json().state).toBe('closed');
    const row = await rowOf(house, answer);
    expect((await house.store.deliveries(row.id, 100)).filter(({ kind }) => kind === 'page')).toEqual([]);
  });

  it('that comes again is a repetition and leaves nothing in the inbox', async () => {
    const bytes = Buffer.from('From: a@unit.example\r\nSubject: Again\r\n\r\nPlease help.');
    const [first, second] = await Promise.all([sendMail(house, bytes), sendMail(house, bytes)]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([200, 201]);
    expect(first.json().reference).toBe(second.json().reference);
    const keyed = await sendMail(house, Buffer.concat([bytes, Buffer.from('1')]), { 'idempotency-key': 'm;1=%' });
    const other = await sendMail(house, Buffer.concat([bytes, Buffer.from('2')]), { 'idempotency-key': 'm;1=%' });
    expect([keyed.statusCode, other.statusCode]).toEqual([201, 409]);
    expect(await house.store.waiting(10)).toEqual([]);
  });

  it('is one of two requests when it is a JSON body with the same own reference', async () => {
    const json = await send(house, { text: 'Help', ownReference: 'NCB/2026/1' });
    const mail = await sendMail(house, Buffer.from('Subject: Our ref. NCB/2026/1\r\n\r\nMore of NCB/2026/1'));
    expect(mail.statusCode).toBe(201);
    expect(mail.json().reference).not.toBe(json.json().reference);
  });

  it.each([
    ['nothing', ''],
    ['bytes that are no text', '\u0000\u0001\u00ff\ud83d'],
    ['a header without an end', `Subject: ${'x'.repeat(100_000)}`],
  ])('of %s is a request or a clear refusal', async (_, text) => {
    const answer = await sendMail(house, Buffer.from(text, 'latin1'));
    expect([201, 400]).toContain(answer.statusCode);
  });
});

describe('a mail of a source that is too fast', () => {
  it('is refused after it was read, and leaves nothing behind; one that speaks of a danger to life is taken', async () => {
    const house = await openHouse({ rate: [{ max: 1, within: MINUTE }] });
    expect((await sendMail(house, sample('01-checklist-2009-complete-en.eml'))).statusCode).toBe(201);
    const refused = await sendMail(house, sample('03-incomplete-zone-missing-fr.eml'));
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '60']);
    expect((await sendMail(house, sample('04-emergency-free-text-en.eml'))).statusCode).toBe(201);
    expect(await house.store.waiting(10)).toEqual([]);
    expect(await house.store.board(['ncp'], ['open'], 10)).toHaveLength(2);
    await house.close();
  });
});

describe('a mail that nobody can read', () => {
  const ended = (unreadable: 'timeout' | 'memory' | 'broken' | 'closed'): MailReader => ({
    read: async () => ({ unreadable }),
    close: async () => undefined,
  });

  it.each(['timeout', 'memory', 'broken'] as const)('(%s) is a request all the same', async (why) => {
    const house = await openHouse({ reader: ended(why) });
    const answer = await sendMail(house, Buffer.from('Subject: a\r\n\r\nb'));
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ notes: ['unreadable_message'], kind: 'other', urgency: 'urgent' });
    const row = await rowOf(house, answer);
    expect(row.state.notes).toContain('unreadable_message');
    await house.close();
  });

  it('because the process ends waits in the inbox, and becomes a request once', async () => {
    let reader = ended('closed');
    const turned: MailReader = { read: (bytes) => reader.read(bytes), close: () => reader.close() };
    const house = await openHouse({ reader: turned });
    const bytes = Buffer.from('Subject: a\r\n\r\nb');
    const answer = await sendMail(house, bytes, { 'idempotency-key': 'mail-1' });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(await house.mail.processWaiting()).toBe(0);
    expect(await house.store.waiting(10)).toHaveLength(1);
    reader = ended('timeout');
    expect(await house.mail.processWaiting()).toBe(1);
    expect(await house.store.waiting(10)).toEqual([]);
    const again = await sendMail(house, bytes, { 'idempotency-key': 'mail-1' });
    expect([again.statusCode, again.headers['idempotent-replay']]).toEqual([200, 'true']);
    expect(await house.store.board(['ncp'], ['open'], 10)).toHaveLength(1);
    await house.close();
  });
});

describe('what waits in the inbox', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const keep = (id: string, source: string, text: string, media = 'message/rfc822') =>
    house.store.keep({ id, source, receivedAt: house.clock.now(), media, bytes: Buffer.from(text) });

  it('becomes a request of the same id, and is the same request when its sender tries again', async () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const text = 'Subject: Left\r\n\r\nLeft over.';
    await keep(id, 'ncb', text, 'message/rfc822; idempotency-key=left%3B1');
    expect(await house.mail.processWaiting()).toBe(1);
    const row = await house.store.request(id);
    expect(row?.source).toBe('ncb');
    expect(await house.store.waiting(10)).toEqual([]);
    house.clock.set(house.clock.now() + 60 * MINUTE);
    const again = await sendMail(house, Buffer.from(text), { 'idempotency-key': 'left;1' });
    expect(again.statusCode).toBe(200);
    expect(again.json().reference).toBe(row?.reference);
  });

  it('is not doubled when it became a request before', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    await keep(id, 'ncb', 'Subject: Once\r\n\r\nOnce.');
    await house.mail.processWaiting();
    await keep(id, 'ncb', 'Subject: Once\r\n\r\nOnce.');
    const before = (await house.store.board(['ncp'], ['open'], 100)).length;
    await house.mail.processWaiting();
    expect(await house.store.board(['ncp'], ['open'], 100)).toHaveLength(before);
    expect(await house.store.waiting(10)).toEqual([]);
  });

  it('is seen by a desk even if its source is no longer configured', async () => {
    const id = '33333333-3333-4333-8333-333333333333';
    await keep(id, 'gone', 'Subject: Gone\r\n\r\nStill urgent.');
    expect(await house.mail.processWaiting()).toBe(1);
    expect((await house.store.request(id))?.desk).toBe('ncp');
  });
});

describe('a mail that waits for a desk', () => {
  const reader = (answer: 'closed' | 'timeout'): MailReader => ({
    read: async () => ({ unreadable: answer }),
    close: async () => undefined,
  });
  const onFault = (error: unknown) => {
    throw error;
  };
  const SOURCE: Source = { id: 'night-ncb', desk: 'night', name: 'Night', known: true, tests: false, tokenSha256: '' };
  const BYTES = Buffer.from('Subject: For the night desk\r\n\r\nb');

  it.each<[string, readonly Source[]]>([
    ['whose source was removed', []],
    ['whose source belongs to another desk by now', [{ ...SOURCE, desk: 'ncp' }]],
  ])('%s goes to the desk that it was received for', async (_name, sources) => {
    const { desk, store, close } = await openHouse();
    const before = new MailIntake({ desk, inbox: store, reader: reader('closed'), sources: () => [SOURCE], onFault });
    await expect(before.receive(SOURCE, BYTES, { key: 'a; desk=ncp', overRate: false })).rejects.toThrow();
    const after = new MailIntake({ desk, inbox: store, reader: reader('timeout'), sources: () => sources, onFault });
    expect(await after.processWaiting()).toBe(1);
    expect(await store.board(['night'], ['open'], 10)).toMatchObject([{ desk: 'night', source: 'night-ncb' }]);
    await close();
  });

  it('and was kept by an earlier release goes to the desk that its source belonged to last', async () => {
    const { desk, store, clock, close } = await openHouse();
    const loaded: number[] = [];
    // Of four revisions only the second and the first knew the source, and the first at another desk.
    const setups: Setups = {
      ...desk.setups,
      newest: () => 4,
      desk: (id, revision = 4) => {
        const setup = desk.setups.desk(id);
        const had = (revision === 2 && id === 'night') || (revision === 1 && id === 'ncp');
        return setup && { ...setup, sourceNames: had ? { gone: 'Gone' } : {} };
      },
      load: async (revisions) => void loaded.push(...revisions),
    };
    await store.keep({
      id: 'old',
      source: 'gone',
      receivedAt: clock.now(),
      media: 'message/rfc822; idempotency-key=a',
      bytes: BYTES,
    });
    const parts = { desk: { ...desk, setups }, inbox: store, reader: reader('timeout'), sources: () => [], onFault };
    expect(await new MailIntake(parts).processWaiting()).toBe(1);
    expect(await store.request('old')).toMatchObject({ desk: 'night', source: 'gone' });
    expect(loaded.slice(0, 2)).toEqual([3, 2]);
    await close();
  });

  it('is left to the next start with all others once the process ends', async () => {
    const { desk, store, clock, close } = await openHouse();
    for (const id of ['one', 'two'])
      await store.keep({ id, source: 'ncb', receivedAt: clock.now(), media: 'message/rfc822', bytes: BYTES });
    let read = 0;
    const closing: MailReader = {
      ...reader('closed'),
      read: async () => ({ unreadable: read++ < 9 ? 'closed' : 'broken' }),
    };
    const mail = new MailIntake({ desk, inbox: store, reader: closing, sources: () => [], onFault });
    mail.takeUp();
    mail.takeUp();
    await mail.settled();
    expect(read).toBe(1);
    expect(await store.waiting(10)).toHaveLength(2);
    await close();
  });
});
