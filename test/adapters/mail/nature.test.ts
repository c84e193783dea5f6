import { describe, expect, test } from 'vitest';
import { MIXED, mail, multipart, read } from './mails.ts';

const natureOf = async (headers: Readonly<Record<string, string>>, body = 'See the account greyfox.') =>
  (await read(mail(headers, body))).nature;

describe('an automatic reply', () => {
  test.each([
    ['says so', { 'Auto-Submitted': 'auto-replied' }],
    ['says so with more', { 'Auto-Submitted': 'Auto-Replied (vacation); owner-email=x@y.example' }],
    ['has the precedence of one', { Precedence: 'auto_reply' }],
    ['is marked by an old answering machine', { 'X-Autoreply': 'yes' }],
    ['was generated, under the subject of one', { 'Auto-Submitted': 'auto-generated', Subject: 'Automatic reply: x' }],
    [
      'suppresses replies, under the subject of one',
      { 'X-Auto-Response-Suppress': 'All', Subject: 'Réponse automatique : x' },
    ],
    ['is bulk, an answer, and wants none', { Precedence: 'bulk', 'In-Reply-To': '<1@a.example>', 'Return-Path': '<>' }],
    ['has the subject of one and answers', { Subject: 'Odpowiedź automatyczna: x', 'In-Reply-To': '<1@a.example>' }],
    [
      'is a receipt of a mail program',
      { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=b' },
    ],
  ])('%s', async (_, headers) => {
    const latin1 = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, Buffer.from(v).toString('latin1')]));
    expect(await natureOf(latin1)).toBe('auto_reply');
  });

  test('keeps its text, whatever it says', async () => {
    const result = await read(mail({ 'Auto-Submitted': 'auto-replied' }, 'A bomb is in the school.'));
    expect(result.nature).toBe('auto_reply');
    expect(result.message.text).toBe('A bomb is in the school.');
  });
});

describe('not an automatic reply, as ticket systems and lists set it on what people wrote', () => {
  test.each([
    ['Auto-Submitted: no', { 'Auto-Submitted': 'no', Subject: 'Automatic reply: x', 'In-Reply-To': '<1@a.example>' }],
    ['auto-generated alone', { 'Auto-Submitted': 'auto-generated' }],
    [
      'auto-generated, bulk, and no reply wanted',
      { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk', 'X-Auto-Response-Suppress': 'All' },
    ],
    ['bulk, an answer', { Precedence: 'bulk', 'In-Reply-To': '<1@a.example>' }],
    ['the subject alone', { Subject: 'Out of office: suspect will be away' }],
    ['an answer to one', { Subject: 'Re: Automatic reply: x', 'X-Auto-Response-Suppress': 'OOF' }],
  ])('%s', async (_, headers) => {
    expect(await natureOf(headers)).toBe('request');
  });
});

describe('a bounce', () => {
  const report = multipart([
    ['Content-Type: text/plain', 'Your message could not be delivered.'],
    ['Content-Type: message/delivery-status', 'Final-Recipient: rfc822; x@y.example\r\nStatus: 5.1.1'],
    ['Content-Type: message/rfc822', 'Subject: Answer to T-2026-0001\r\n\r\nhello'],
  ]);

  test('is a delivery report, and its text has the reason', async () => {
    const result = await read(
      mail({ 'Content-Type': 'multipart/report; report-type="delivery-status"; boundary=b' }, report),
    );
    expect(result.nature).toBe('bounce');
    expect(result.message.text).toContain(
      'could not be delivered.\n\nFinal-Recipient: rfc822; x@y.example\nStatus: 5.1.1',
    );
  });

  test('is a mail without return path from a mail system', async () => {
    expect(await natureOf({ 'Return-Path': '<>', From: 'Mail system <MAILER-DAEMON@mx.example>' })).toBe('bounce');
  });

  test('is not a mail without return path from a person', async () => {
    expect(await natureOf({ 'Return-Path': '<>' })).toBe('request');
  });

  test('is not a mail from a postmaster with a return path', async () => {
    expect(await natureOf({ 'Return-Path': '<postmaster@a.example>', From: 'postmaster@a.example' })).toBe('request');
  });
});

describe('a ping', () => {
  test.each([
    ['G7 24/7: connectivity test', 'Please confirm receipt.'],
    ['Test de connectivité du réseau', 'Merci de confirmer la réception de ce message.'],
    ['Prueba de conectividad', 'Confirme la recepción.'],
    ['PING-TEST', ''],
  ])('%s', async (subject, body) => {
    expect(await natureOf({ Subject: Buffer.from(subject).toString('latin1') }, body)).toBe('ping');
  });

  test.each([
    ['only its text says so', 'Request', 'This is a ping test.'],
    ['there is an address to look up', 'Ping test', 'Who used 192.0.2.7 today?'],
    ['there is an IPv6 address', 'Ping test', 'Who used 2001:db8:0:0:0:0:0:1 today?'],
    ['it denies being one', 'Ping test', 'THIS IS NOT A\nTEST.'],
    ['it speaks of a case', 'Ping test and preservation request', 'See below.'],
    ['it is long', 'Ping test', 'Please read. '.repeat(300)],
  ])('a request when %s', async (_, subject, body) => {
    expect(await natureOf({ Subject: subject }, body)).toBe('request');
  });

  test('a request when a file comes with it', async () => {
    const body = multipart([
      ['Content-Type: text/plain', 'Please confirm.'],
      ['Content-Type: application/pdf; name=a.pdf', 'x'],
    ]);
    expect(await natureOf({ ...MIXED, Subject: 'Ping test' }, body)).toBe('request');
  });
});
