import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../src/desk/act.ts';
import { BODY, bearer, get, type House, openHouse, REQUESTS, send } from './open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

let counted = 0;
async function newRequest(): Promise<{ reference: string; id: string }> {
  const { reference } = (await send(house, { ...BODY, subject: `With files ${counted++}` })).json();
  const row = await house.store.byReference(reference);
  if (row === undefined) throw new Error('expected the request that was just sent');
  return { reference, id: row.id };
}

function put(reference: string, name: string, bytes: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  return house.app.inject({
    method: 'PUT',
    url: `${REQUESTS}/${reference}/attachments/${encodeURIComponent(name)}`,
    payload: bytes,
    headers: { 'content-type': 'text/plain', ...bearer(), ...headers },
  });
}

describe('a file for a request', () => {
  it('is committed with its hash and told by its own source', async () => {
    const { reference, id } = await newRequest();
    const answer = await put(reference, 'log.txt', 'a line\n');
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ name: 'log.txt', sha256: sha256('a line\n'), size: 7 });
    const standing = (await get(house, `${REQUESTS}/${reference}`)).json();
    expect(standing.attachments).toEqual([{ name: 'log.txt', sha256: sha256('a line\n'), size: 7 }]);
    const [row] = await house.store.attachments(id);
    const contents = await house.store.contents([row?.labelId ?? '', row?.contentId ?? '']);
    const texts = [...contents.values()].map((one) => ('bytes' in one ? Buffer.from(one.bytes).toString() : ''));
    expect(texts.sort()).toEqual(['a line\n', '{"name":"log.txt","mediaType":"text/plain"}']);
  });

  it('is kept once when the same bytes come again, and not replaced by others', async () => {
    const { reference, id } = await newRequest();
    const answers = await Promise.all([1, 2, 3].map(() => put(reference, 'a.bin', 'same')));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 201]);
    const other = await put(reference, 'A.bin', 'other');
    expect([other.statusCode, other.json().error.code]).toEqual([409, 'name_taken']);
    expect((await put(reference, 'b.bin', 'same')).statusCode).toBe(201);
    expect(await house.store.attachments(id)).toHaveLength(2);
    expect((await house.store.request(id))?.state.attachments).toHaveLength(2);
  });

  it('is taken without a media type, and refused empty or without a name', async () => {
    const { reference } = await newRequest();
    const untyped = { method: 'PUT' as const, headers: bearer(), payload: Buffer.from([0, 255, 0]) };
    const url = `${REQUESTS}/${reference}/attachments`;
    expect((await house.app.inject({ ...untyped, url: `${url}/raw` })).statusCode).toBe(201);
    expect((await put(reference, 'empty', '')).json().error.faults).toHaveLength(1);
    expect((await put(reference, '..', 'x')).statusCode).toBeGreaterThanOrEqual(400);
    expect((await put(reference, 'ok', '', {})).statusCode).toBe(400);
  });

  it('has a name that is safe to show and to keep', async () => {
    const { reference } = await newRequest();
    const name = async (raw: string) => (await put(reference, raw, raw)).json().name;
    expect(await name('../../etc/passwd')).toBe('passwd');
    expect(await name('C:\\temp\\évidence.pdf')).toBe('évidence.pdf');
    expect(await name('a\u202egpj.exe')).toBe('agpj.exe');
    expect(await name('nul\u0000l')).toBe('nul\ufffdl');
    expect((await name('😀'.repeat(150))).length).toBeLessThanOrEqual(200);
  });

  it('is refused for a request of another source, and for a closed one', async () => {
    const { reference, id } = await newRequest();
    expect((await put(reference, 'a', 'x', bearer('fiu'))).statusCode).toBe(404);
    expect((await put('T-2026-9999', 'a', 'x')).statusCode).toBe(404);
    expect((await put(reference, 'a', 'x', { authorization: 'Bearer wrong' })).statusCode).toBe(401);
    await act(house.desk, id, 'no_further_action', {}, 'ana');
    await act(house.desk, id, 'close', {}, 'ana');
    const closed = await put(reference, 'a', 'x');
    expect([closed.statusCode, closed.json().error.code]).toEqual([409, 'closed']);
  });

  it('reopens a request that has an outcome, because somebody has to look', async () => {
    const { reference, id } = await newRequest();
    await act(house.desk, id, 'no_further_action', {}, 'ana');
    expect((await house.store.request(id))?.status).toBe('concluded');
    expect((await put(reference, 'a', 'x')).statusCode).toBe(201);
    expect((await house.store.request(id))?.status).toBe('open');
  });

  it('is refused above 25 MiB', async () => {
    const { reference } = await newRequest();
    expect((await put(reference, 'big', Buffer.alloc(25 * 1024 * 1024 + 1))).statusCode).toBe(413);
  });
});

type Part = { readonly name: string; readonly file?: string; readonly type?: string; readonly bytes: string };

function form(parts: readonly Part[], boundary = 'limit-1') {
  const lines = parts.map(({ name, file, type, bytes }) => {
    const filename = file === undefined ? '' : `; filename="${file}"`;
    const media = type === undefined ? '' : `\r\nContent-Type: ${type}`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename}${media}\r\n\r\n${bytes}\r\n`;
  });
  return house.app.inject({
    method: 'POST',
    url: REQUESTS,
    payload: `${lines.join('')}--${boundary}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...bearer() },
  });
}

describe('a form', () => {
  const json = (n: number) => JSON.stringify({ ...BODY, subject: `Form ${n}` });

  it('is a request with its files, however its JSON is labelled', async () => {
    const file = { name: 'file', file: 'a.log', type: 'text/plain', bytes: 'lines' };
    const labels: Omit<Part, 'bytes'>[] = [
      { name: 'request' },
      { name: 'request', type: 'application/json' },
      { name: 'request', file: 'r.json', type: 'application/json' },
    ];
    for (const [n, label] of labels.entries()) {
      const answer = await form([{ ...label, bytes: json(n) }, file, { ...file, bytes: 'other' }]);
      expect(answer.statusCode).toBe(201);
      const { attachments } = (await get(house, answer.json().links.self)).json();
      expect(attachments.map(({ name }: { name: string }) => name).sort()).toEqual(['a (2).log', 'a.log']);
    }
  });

  it('is a repetition although its boundary is another', async () => {
    const parts = [
      { name: 'request', bytes: json(10) },
      { name: 'file', file: 'a', bytes: 'x' },
    ];
    const first = await form(parts, 'one');
    const again = await form(parts, 'two');
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    const other = await form([
      { name: 'request', bytes: json(10) },
      { name: 'file', file: 'a', bytes: 'y' },
    ]);
    expect(other.statusCode).toBe(201);
  });

  it.each<[string, readonly Part[], number, string]>([
    ['without a request', [{ name: 'file', file: 'a', bytes: 'x' }], 400, 'invalid'],
    [
      'with two requests',
      [
        { name: 'request', bytes: '{}' },
        { name: 'request', bytes: '{}' },
      ],
      400,
      'invalid',
    ],
    ['with a broken request', [{ name: 'request', type: 'application/json', bytes: '{' }], 400, 'invalid'],
    ['with a large request', [{ name: 'request', bytes: ' '.repeat(1024 * 1024 + 1) }], 413, 'too_large'],
    [
      'with many files',
      Array.from({ length: 60 }, (_, n) => ({ name: `f${n}`, file: 'a', bytes: 'x' })),
      413,
      'too_many_files',
    ],
    ['with a field that is no name', [{ name: '__proto__', bytes: 'x' }], 400, 'invalid'],
  ])('%s is refused', async (_, parts, status, code) => {
    const answer = await form(parts);
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
  });

  it('that breaks off is refused', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', ...bearer() };
    const payload = '--x\r\nContent-Disposition: form-data; name="request"\r\n\r\n{"text":"a"';
    const answer = await house.app.inject({ method: 'POST', url: REQUESTS, payload, headers });
    expect(answer.statusCode).toBe(400);
    const none = await house.app.inject({
      method: 'POST',
      url: REQUESTS,
      payload: 'x',
      headers: { ...headers, 'content-type': 'multipart/form-data' },
    });
    expect(none.statusCode).toBe(400);
  });
});
