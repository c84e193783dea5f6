import { describe, expect, test } from 'vitest';
import { instant } from '../../../rota/instant.ts';
import type { MailNature, MailNoteCode } from '../../../src/ports/mail-reader.ts';
import { codes, read, sample, sampleNames } from './mails.ts';

type Expected = {
  readonly phrase: string;
  readonly nature?: MailNature;
  readonly ownReference?: string;
  readonly attachments?: readonly string[];
  readonly notes?: readonly MailNoteCode[];
};

const EXPECTED: Readonly<Record<string, Expected>> = {
  '01': {
    phrase: 'Illegal access and computer-related fraud, Penal Code sections 204 and 371, up to 6 years.',
    ownReference: 'NOR-2026-0311',
  },
  '02': { phrase: 'the attackers delete logs every 24 hours', ownReference: 'WM/26/118' },
  '03': { phrase: 'Une fausse boutique a encaissé 212 commandes', ownReference: 'VAL-77/2026' },
  '04': { phrase: 'that he will kill\nhis two children this morning', ownReference: 'EH-9' },
  '05': { phrase: 'autorii au golit conturile a 30 de persoane', ownReference: '512/P/2026' },
  '06': { phrase: 'PLEASE IDENTIFY THE USER OF 192.0.2.77', ownReference: '2026/77812/IT' },
  '07': { phrase: 'half-yearly test of the directory', nature: 'ping' },
  '08': { phrase: 'See attached request.', attachments: ['winmail.dat'], notes: ['winmail_dat'] },
  '09': {
    phrase: 'se copió la base de clientes de una clínica',
    ownReference: 'ISL-2026-9',
    attachments: ['message.eml'],
    notes: ['embedded_message'],
  },
  '10': {
    phrase: 'identidade do assinante do endereço 192.0.2.14 em 29/09/2026 às 18:22:05 UTC',
    ownReference: 'NUIPC 77/26',
    attachments: ['ofício assinado.pdf'],
  },
  '11': { phrase: 'Ülkenizde bankaların ATM kameralarına ait görüntüleri', ownReference: 'TR-247-2026/64' },
  '12': { phrase: 'In urgent cases call +1 555 0199.', nature: 'auto_reply' },
};

test('every sample has its expectation', () => {
  expect(sampleNames.map((name) => name.slice(0, 2))).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.entries(EXPECTED))('sample %s', (number, expected) => {
  test('is read in its real characters, as what it is, with its files', async () => {
    const result = await read(sample(number));
    expect(result.message.text).toContain(expected.phrase);
    expect(result.nature).toBe(expected.nature ?? 'request');
    expect(result.message.ownReference).toBe(expected.ownReference);
    expect(result.attachments.map(({ name }) => name)).toEqual(expected.attachments ?? []);
    expect(codes(result)).toEqual(expected.notes ?? []);
  });

  test('claims no kind, urgency, item or identifier', async () => {
    const { message } = await read(sample(number));
    expect(message).not.toHaveProperty('kind');
    expect(message).not.toHaveProperty('urgency');
    expect(message.items).toEqual({});
    expect(message.identifiers).toEqual([]);
  });
});

test('sender, subject, ids and date are those of the headers', async () => {
  const result = await read(sample('11'));
  expect(result.message.sender).toEqual({ person: '24/7', email: '247@siber.example' });
  expect(result.message.subject).toBe('Bilgi talebi – görüntü saklama süresi');
  expect(result.messageId).toBe('<l11@siber.example>');
  expect(result.claimedDate).toBe(instant('2026-11-19T10:37:00Z'));
  expect((await read(sample('12'))).inReplyTo).toBe('<T-2026-0042@desk.example.org>');
});

test('text and HTML that say the same are shown once', async () => {
  const { message } = await read(sample('02'));
  expect(message.text?.split('Pumps of the utility are stopped')).toHaveLength(2);
});

test('a message inside the message is shown under its own sender and date, and the outer sender stays the sender', async () => {
  const { message, attachments } = await read(sample('09'));
  expect(message.sender.email).toBe('frontdesk@desk.example.org');
  expect(message.text).toContain('Came to the wrong mailbox, yours?');
  expect(message.text).toContain(
    'From: CP Isla <247@isla.example>\nDate: Tue, 17 Nov 2026 03:05:00 -0300\nSubject: Solicitud de preservación ISL-2026-9',
  );
  expect(Buffer.from(attachments[0]?.bytes ?? []).toString()).toContain('Message-ID: <i9@isla.example>');
});

test('a file is kept to the byte', async () => {
  const { attachments } = await read(sample('10'));
  expect(attachments[0]?.mediaType).toBe('application/pdf');
  expect(Buffer.from(attachments[0]?.bytes ?? []).toString()).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
});
