import { describe, expect, test } from 'vitest';
import { instant } from '../../../rota/instant.ts';
import { codes, MIXED, mail, multipart, NOW, read } from './mails.ts';

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

describe('character sets', () => {
  test.each([
    ['an unknown one', 'text/plain; charset=x-nowhere'],
    ['none', undefined],
    ['the wrong one', 'text/plain; charset=utf-8'],
    ['an empty one', 'text/plain; charset=""'],
  ])('%s: the text is guessed as windows-1252, readable, and noted', async (_, type) => {
    const result = await read(
      mail({ 'Content-Type': type }, Buffer.from('menace d\xe9enl\xe8vement \x80 500', 'latin1')),
    );
    expect(result.message.text).toBe('menace déenlèvement € 500');
    expect(codes(result)).toEqual(['charset_unknown']);
  });

  test('none, but UTF-8: read as such without a note', async () => {
    const result = await read(mail({}, 'enlèvement à Lyon'));
    expect(result.message.text).toBe('enlèvement à Lyon');
    expect(codes(result)).toEqual([]);
  });

  test('one damaged character in UTF-8 is replaced and counted, the others stay', async () => {
    const body = Buffer.concat([Buffer.from('enlèvement à Ly'), Buffer.from([0xff]), Buffer.from('on été')]);
    const result = await read(mail({ 'Content-Type': 'text/plain; charset=utf-8' }, body));
    expect(result.message.text).toBe('enlèvement à Ly\uFFFDon été');
    expect(result.notes).toEqual([{ code: 'replaced_characters', count: 1 }]);
  });

  test('eight-bit headers are read, each line in what it is', async () => {
    const result = await read(mail({ Subject: 'Menace \xe0 Lyon', From: 'Ren\xc3\xa9 <r@lyon.example>' }, 'x'));
    expect(result.message.subject).toBe('Menace à Lyon');
    expect(result.message.sender.person).toBe('René');
    expect(codes(result)).toEqual(['charset_unknown']);
  });

  test('Japanese in ISO-2022-JP is read', async () => {
    const result = await read(mail({ 'Content-Type': 'text/plain; charset=iso-2022-jp' }, '\x1b$B6[5^\x1b(B'));
    expect(result.message.text).toBe('緊急');
  });

  test('U+0000 and lone surrogates are replaced and counted', async () => {
    const utf16 = Buffer.from('a\0b\uD800c', 'utf16le');
    const result = await read(mail({ 'Content-Type': 'text/plain; charset=utf-16le' }, utf16));
    expect(result.message.text).toBe('a\uFFFDb\uFFFDc');
    expect(result.notes).toEqual([{ code: 'replaced_characters', count: 2 }]);
  });

  test('U+0000 in the subject is replaced', async () => {
    expect((await read(mail({ Subject: '=?utf-8?Q?kill=00him?=' }))).message.subject).toBe('kill\uFFFDhim');
  });
});

describe('no body and no headers', () => {
  test('no body is a request that says so', async () => {
    const result = await read(mail({ Subject: 'Call us' }));
    expect(result.nature).toBe('request');
    expect(result.message.subject).toBe('Call us');
    expect(result.message).not.toHaveProperty('text');
    expect(codes(result)).toEqual(['body_missing']);
  });

  test('no bytes at all are a request without anything', async () => {
    const result = await read(new Uint8Array());
    expect(result).toMatchObject({ nature: 'request', message: { sender: {} }, attachments: [] });
    expect(codes(result)).toEqual(['body_missing', 'date_unreadable', 'sender_missing']);
  });

  test('a header block without end is broken, and is not taken for anything', async () => {
    const { readMail } = await import('../../../adapters/mail/read-mail.ts');
    expect(await readMail(Buffer.from(`X: ${'a'.repeat(2_000_000)}`), NOW)).toEqual({ unreadable: 'broken' });
  });

  test('a multipart whose boundary never comes is shown as it is', async () => {
    const result = await read(mail(MIXED, '--other\r\n\r\nHe says he will kill them today.\r\n--other--'));
    expect(result.message.text).toContain('He says he will kill them today.');
    expect(codes(result)).toEqual(['structure_broken', 'truncated']);
  });
});

describe('HTML', () => {
  test('only its text comes out', async () => {
    const html =
      '<html><head><title>t</title><style>p{color:red}</style></head><body><p>He will <b>kill</b> them.</p>' +
      '<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">here</a>' +
      '<a href="https://chat.example.net/x">profile</a><table><tr><th>Account</th><td>greyfox</td></tr></table></body></html>';
    const result = await read(mail(HTML, html));
    expect(result.message.text).toBe('He will kill them.\n\nhereprofile <https://chat.example.net/x>\nAccount greyfox');
    expect(codes(result)).toEqual(['html_only']);
  });

  test('what the HTML says beyond the plain text is added', async () => {
    const body = multipart([
      ['Content-Type: text/plain', 'Your program cannot show this message.'],
      ['Content-Type: text/html', '<p>Your program cannot show this message.</p><p>Hostages are held now.</p>'],
    ]);
    const result = await read(mail({ 'Content-Type': 'multipart/alternative; boundary=b' }, body));
    expect(result.message.text).toBe('Your program cannot show this message.\n\nHostages are held now.');
    expect(codes(result)).toEqual(['html_added']);
  });

  test('markup for HTML or a chat in plain text stays the text that it is', async () => {
    const text = '<script>alert(1)</script> <!channel> @everyone *bold* [x](javascript:1) &lt;b&gt;';
    expect((await read(mail({}, text))).message.text).toBe(text);
  });

  test.each([
    ['half a million open tags', '<div>'.repeat(500_000)],
    ['100,000 brackets', '<'.repeat(100_000)],
    ['unclosed tags', '<p'.repeat(500_000)],
    ['one tag of 10 MB', `<a title="${'x'.repeat(10_000_000)}"`],
    ['a style sheet of 3 MB', `<style>${'p{color:red}'.repeat(250_000)}</style>`],
    ['nested tables', '<table><tr><td>'.repeat(50_000)],
    ['nested lists', '<ul><li>'.repeat(50_000)],
  ])('%s before the text: read in time, the text is there', async (_, html) => {
    const result = await read(mail(HTML, `${html}>\n<p>Hostages are held now.</p>`));
    expect(result.message.text).toContain('Hostages are held now.');
  });
});

describe('structure', () => {
  test('400 nested parts are read to the innermost', async () => {
    let body = 'Content-Type: text/plain\r\n\r\nHostages are held now.';
    for (let n = 0; n < 400; n += 1) {
      body = `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n${body}\r\n--b${n}--\r\n`;
    }
    const result = await read(Buffer.from(`From: a@b.example\r\n${body}`));
    expect(result.message.text).toBe('Hostages are held now.');
  });

  test('of 5000 parts the first are read, and it is said', async () => {
    const parts = Array.from({ length: 5000 }, (_, n) => ['Content-Type: text/plain', `part ${n}`] as const);
    const result = await read(mail(MIXED, multipart(parts)));
    expect(result.message.text).toContain('part 0\n\npart 1');
    expect(codes(result)).toEqual(['too_many_parts']);
  });

  test('of 150 files 100 are kept apart, and the others are counted', async () => {
    const parts = Array.from({ length: 150 }, (_, n) => [`Content-Type: image/png; name=${n}.png`, 'x'] as const);
    const result = await read(mail(MIXED, multipart([['Content-Type: text/plain', 'see files'], ...parts])));
    expect(result.attachments).toHaveLength(100);
    expect(result.notes).toEqual([{ code: 'too_many_parts', count: 50 }]);
  });

  test('a mail that breaks off gives what came, and says so', async () => {
    const whole = mail(
      MIXED,
      multipart([
        ['Content-Type: text/plain', 'Hostages are held now.'],
        ['Content-Type: application/pdf', 'x'.repeat(100)],
      ]),
    );
    const result = await read(whole.subarray(0, whole.length - 60));
    expect(result.message.text).toBe('Hostages are held now.');
    expect(result.attachments).toHaveLength(1);
    expect(codes(result)).toEqual(['truncated']);
  });

  test('winmail.dat is kept, named and noted, with or without its name', async () => {
    for (const head of [
      'Content-Type: application/ms-tnef',
      'Content-Type: application/octet-stream; name=WINMAIL.DAT',
    ]) {
      const result = await read(mail(MIXED, multipart([[head, 'TNEF']])));
      expect(result.attachments[0]?.name.toLowerCase()).toBe('winmail.dat');
      expect(codes(result)).toEqual(['body_missing', 'winmail_dat']);
    }
  });

  test('an encrypted mail says so', async () => {
    const result = await read(mail({ 'Content-Type': 'application/pkcs7-mime; smime-type=enveloped-data' }, 'x'));
    expect(result.attachments.map(({ name }) => name)).toEqual(['smime.p7m']);
    expect(codes(result)).toEqual(['body_missing', 'encrypted']);
  });

  test('a message inside, base64 or inline, is shown and kept; one inside that is only in the file', async () => {
    const innermost = mail({ Subject: 'innermost' }, 'third level');
    const inner = mail(
      MIXED,
      multipart(
        [
          ['Content-Type: text/plain', 'second level'],
          ['Content-Type: message/rfc822', innermost.toString()],
        ],
        'b',
      ).replaceAll('--b', '--c'),
    )
      .toString()
      .replace('boundary=b', 'boundary=c');
    const heads = [
      'Content-Type: message/rfc822\r\nContent-Disposition: inline',
      'Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64',
    ];
    const body = multipart([
      [heads[0] ?? '', inner],
      [heads[1] ?? '', Buffer.from(inner).toString('base64')],
    ]);
    const result = await read(mail(MIXED, body));
    expect(result.message.text?.split('second level')).toHaveLength(3);
    expect(result.message.text).not.toContain('third level');
    expect(result.attachments.map(({ name }) => name)).toEqual(['message.eml', 'message (2).eml']);
    expect(result.notes).toEqual([{ code: 'embedded_message', count: 2 }]);
  });
});

describe('dates', () => {
  test.each([
    ['Thu, 20 Nov 2069 19:00:00 +0000', ['date_implausible'], instant('2069-11-20T19:00:00Z')],
    ['Thu, 20 Nov 1969 19:00:00 +0000', ['date_implausible'], instant('1969-11-20T19:00:00Z')],
    ['Sat, 21 Nov 2026 19:00:00 +0000', [], instant('2026-11-21T19:00:00Z')],
    ['Fri, 20 Nov 2026 19:00:00 +0100 (CET)', [], instant('2026-11-20T18:00:00Z')],
    ['Fri, 20 Nov 2026 19:00:00 GMT', [], instant('2026-11-20T19:00:00Z')],
    ['Fri, 20 Nov 2026 19:00:00', ['date_unreadable'], undefined],
    ['yesterday +0100', ['date_unreadable'], undefined],
    [undefined, ['date_unreadable'], undefined],
  ])('%s', async (date, notes, claimed) => {
    const result = await read(mail({ Date: date }, 'x'));
    expect(result.claimedDate).toBe(claimed);
    expect(codes(result)).toEqual(notes);
  });
});

describe('headers', () => {
  test('a line break smuggled into the subject or the name stays inside its line', async () => {
    const result = await read(
      mail({
        Subject: '=?utf-8?Q?Request=0D=0ABcc:_x@evil.example?=',
        From: '=?utf-8?Q?Desk=0A=0DTo=3A=20y?= <a@b.example>',
      }),
    );
    expect(result.message.subject).toBe('Request Bcc: x@evil.example');
    expect(result.message.sender).toEqual({ person: 'Desk To: y', email: 'a@b.example' });
  });

  test('marks that reverse reading are taken out of subject and name', async () => {
    const result = await read(mail({ Subject: '=?utf-8?Q?ref_=E2=80=AE1234?=' }));
    expect(result.message.subject).toBe('ref 1234');
  });

  test('two From headers are noted', async () => {
    const result = await read(Buffer.concat([Buffer.from('From: first@evil.example\r\n'), mail({}, 'x')]));
    expect(codes(result)).toEqual(['several_senders']);
  });

  test('a From without an address names nobody', async () => {
    const result = await read(mail({ From: 'Duty desk' }, 'x'));
    expect(result.message.sender).toEqual({ person: 'Duty desk' });
    expect(codes(result)).toEqual(['sender_missing']);
  });

  test.each([
    ['fr-CA, en', 'fr'],
    ['EN', 'en'],
    ['mul', undefined],
    [undefined, undefined],
  ])('Content-Language %s', async (value, language) => {
    expect((await read(mail({ 'Content-Language': value }))).message.language).toBe(language);
  });
});
