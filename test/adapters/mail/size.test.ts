import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEXT_MAX } from '../../../adapters/mail/body.ts';
import { createMailReader } from '../../../adapters/mail/mail-reader.ts';
import type { MailReader } from '../../../src/ports/mail-reader.ts';
import { codes, MIXED, mail, multipart, NOW, read, readable } from './mails.ts';

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

describe('size', () => {
  let reader: MailReader;
  beforeAll(() => {
    reader = createMailReader({ now: () => NOW });
  });
  afterAll(() => reader.close());

  test('10 MB of HTML: the text is there, cut and said', async () => {
    const html = `<p>Hostages are held now.</p>${'<p>and more of it</p>'.repeat(500_000)}`;
    const result = readable(await reader.read(mail(HTML, html)));
    expect(result.message.text).toMatch(/^Hostages are held now\.\n *and more of it\n/);
    expect(result.message.text?.length).toBeLessThanOrEqual(TEXT_MAX);
    expect(codes(result)).toEqual(['html_only', 'html_simplified', 'text_cut']);
  });

  test('10 MB of an image inside the HTML does not hide the text behind it', async () => {
    const html = `<img src="data:image/png;base64,${'A'.repeat(10_000_000)}"><p>Hostages are held now.</p>`;
    const result = readable(await reader.read(mail(HTML, html)));
    expect(result.message.text).toBe('Hostages are held now.');
  });

  test('25 MiB with a file: the file is whole', async () => {
    const file = Buffer.alloc(18 * 1024 * 1024, 'evidence');
    const lines = file.toString('base64').replace(/.{76}/g, '$&\r\n');
    const body = multipart([
      ['Content-Type: text/plain', 'see file'],
      ['Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64', lines],
    ]);
    const result = readable(await reader.read(mail(MIXED, body)));
    expect(Buffer.compare(result.attachments[0]?.bytes ?? Buffer.alloc(0), file)).toBe(0);
    expect(codes(result)).toEqual([]);
  });

  test.each([
    ['plain text in one line', 'x'.repeat(25_000_000)],
    ['empty lines', '\n'.repeat(25_000_000)],
    ['spaces', `${' '.repeat(25_000_000)}`],
    ['quote marks', '>'.repeat(25_000_000)],
  ])('25 MB of %s', async (_, body) => {
    const result = readable(await reader.read(mail({ 'Content-Type': 'text/plain; format=flowed' }, body)));
    expect(codes(result)).toContain('text_cut');
  });

  test('a cut never leaves half a character', async () => {
    const result = await read(mail({}, `x${'😀'.repeat(TEXT_MAX)}`));
    expect(result.message.text?.length).toBe(TEXT_MAX - 1);
    expect(result.message.text?.isWellFormed()).toBe(true);
  });
});
