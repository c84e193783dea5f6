import { describe, expect, test } from 'vitest';
import { triage } from '../../src/request/triage.ts';
import { context, message, standardKind } from './build.ts';

/** The readable parts of the sample mails in test/mail that the rules listen to. */
const MAILS = {
  '01': [
    'Request for expedited preservation - ref NOR-2026-0311',
    'On 9 November 2026 unknown persons entered the payroll system of a hospital and changed bank account numbers of 41 employees. Necessity: the provider deletes connection logs after seven days.',
  ],
  '02': [
    'URGENT Data preservation request under Articles 29 and 30 (WM/26/118)',
    'Offence: Extortion by ransomware against a water utility. The attackers delete logs every 24 hours. Urgency: Urgent: attack on a critical infrastructure is going on',
  ],
  '03': [
    'Demande de conservation rapide, réf. VAL-77/2026',
    "Infraction : escroquerie en ligne, peine encourue 5 ans. Une fausse boutique a encaissé 212 commandes en octobre. Données demandées : données d'abonné et de trafic. Suites : merci de nous tenir informés.",
  ],
  '04': [
    'EMERGENCY - threat to life - please call',
    'a person using the account "greyfox_19" on chat.example.net announced at 07:31 UTC today that he will kill\nhis two children this morning. We need to know who and where he is now.',
  ],
  '05': [
    'Prelungirea conservării datelor – nr. 512/P/2026',
    'Cerere de prelungire a conservării datelor informatice (art. 29). Necesitate: comisia rogatorie este în traducere; datele expiră la 20.11.2026.',
  ],
  '06': [
    'I-24/7 // NCB HAVN // 2026/77812/IT // URGENT',
    'SUBJECT: PAYROLL FRAUD, HOSPITAL. PLEASE IDENTIFY THE USER OF 192.0.2.77 AND PRESERVE LOGS.\nPLEASE TREAT AS URGENT. REGARDS, NCB HAVN',
  ],
  '07': [
    '24/7 Network: ping test, please reply',
    'this is the half-yearly test of the directory. It is not a request. Please answer this message as soon as you\nread it and confirm or correct your entry. Test number: PING-2026-2',
  ],
  '08': ['Preservation request LK-5', 'See attached request.'],
  '09': ['Fwd: Solicitud de preservación ISL-2026-9', 'Came to the wrong mailbox, yours?'],
  '10': [
    'Pedido de auxílio - informação de assinante (art.º 31.º) - NUIPC 77/26',
    'Informação pretendida: identidade do assinante do endereço 192.0.2.14 em 29/09/2026 às 18:22:05 UTC. Não urgente.',
  ],
  '11': [
    'Bilgi talebi – görüntü saklama süresi',
    'Ülkenizde bankaların ATM kameralarına ait görüntüleri ne kadar süre sakladığını öğrenmek istiyoruz. Acil değildir.',
  ],
} as const;

const mail = (id: keyof typeof MAILS) => message({ subject: MAILS[id][0], text: MAILS[id][1] });
const unread = context({ kindChosenBy: 'nobody', sourceKnown: false });

describe('a mail that nobody has read, from a sender of whom only the From line is known', () => {
  test('is an emergency where a life is at risk', () => {
    expect(triage(mail('04'), unread)).toMatchObject({ urgency: 'emergency', row: '2', reason: 'keyword:life' });
  });

  test('is an emergency or urgent where infrastructure is attacked', () => {
    expect(triage(mail('02'), unread)).toMatchObject({ urgency: 'emergency', row: '3' });
  });

  test('is urgent where logs are going, without a false alarm for a life', () => {
    expect(triage(mail('01'), unread)).toMatchObject({ urgency: 'urgent', row: '5' });
  });

  test.each(['03', '05', '06', '07', '08', '09', '10', '11'] as const)('%s is urgent and provisional', (id) => {
    expect(triage(mail(id), unread)).toMatchObject({ urgency: 'urgent', provisional: true });
  });
});

describe('the same mail of a sender that the directory knows', () => {
  test('07 is a test where its sender may test', () => {
    expect(triage(mail('07'), context({ kindChosenBy: 'nobody', sourceMayTest: true })).urgency).toBe('test');
  });

  test.each(['10', '11'] as const)('%s says that it is not urgent, and is routine', (id) => {
    expect(triage(mail(id), context({ kindChosenBy: 'person' }))).toMatchObject({ urgency: 'routine', row: '11' });
  });

  test('05 is an extension with four days left', () => {
    const from = context({ kind: standardKind('preservation'), kindChosenBy: 'person' });
    const extension = { ...mail('05'), preservedUntil: '2026-11-26T03:00:00Z' };
    expect(triage(extension, from)).toMatchObject({ urgency: 'urgent', row: '9' });
  });

  test('03 is an incomplete preservation', () => {
    const missing = ['necessity', 'mla_intended'];
    const from = context({ kind: standardKind('preservation'), kindChosenBy: 'person', missing });
    expect(triage(mail('03'), from)).toMatchObject({ urgency: 'urgent', row: '8' });
  });
});
