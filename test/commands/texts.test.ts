import { describe, expect, it } from 'vitest';
import { instant } from '../../rota/instant.ts';
import { FIXED_CHOICES } from '../../src/commands/choices.ts';
import type { Misread } from '../../src/commands/parsed.ts';
import type { Reply, RequestLine } from '../../src/commands/reply.ts';
import { WORDS } from '../../src/commands/words.ts';
import { LANGUAGES, type Language } from '../../src/locales/catalogue.ts';
import { tell } from '../../src/web/page/command-box-text.ts';
import { fullTime } from '../../src/web/page/command-box-time.ts';
import { readerOf } from '../../src/web/viewer.ts';
import { fixedSetups } from '../support/setups.ts';
import { keysShown } from '../support/text-keys.ts';
import { NOW } from './read.ts';

const reader = (language: Language) => readerOf(fixedSetups([]), language, NOW);
const lines = (language: Language, reply: Reply) => tell(reader(language), reply).lines.map(({ text }) => text);

const LINE: RequestLine = {
  id: 'id',
  shortId: 'K7Q2',
  reference: 'T-2026-0042',
  desk: 'ncp',
  zone: 'Europe/Bucharest',
  kind: 'preservation',
  urgency: 'emergency',
  status: 'acknowledged',
  receivedAt: NOW,
  owner: 'dan',
  acknowledgedAt: NOW,
  nextAt: NOW,
};
const REFUSAL = { code: 'not_yours', names: { owner: 'dan' } } as const;

const wrong = (misread: Misread): Reply => ({ result: 'misread', misread });
const MISREAD: readonly Reply[] = [
  ...(['empty', 'too_long', 'officer_missing'] as const).map((code) => wrong({ code })),
  wrong({ code: 'unknown_word', given: 'akc', nearest: 'ack' }),
  wrong({ code: 'unknown_word', given: 'xyzzy' }),
  wrong({ code: 'which_request', word: 'note', candidates: [] }),
  wrong({ code: 'which_request', word: 'note', candidates: ['K7Q2', 'W3XH'] }),
  wrong({ code: 'ambiguous_time', word: 'wait', given: '03/04', readings: [NOW, NOW], zone: 'UTC' }),
  wrong({ code: 'unknown_officer', word: 'assign', given: 'x', candidates: ['dan'] }),
  wrong({ code: 'ambiguous_officer', word: 'assign', given: 'x', candidates: ['dan', 'eva'] }),
  ...WORDS.flatMap(({ name: word, args }) => [
    wrong({ code: 'request_missing', word }),
    wrong({ code: 'too_much', word, given: 'please' }),
    wrong({ code: 'not_a_time', word, given: 'soon' }),
    ...args.filter(({ required }) => required).map(({ name }) => wrong({ code: 'missing', word, argument: name })),
  ]),
  ...Object.entries(FIXED_CHOICES).map(([kind, choices = []]) =>
    wrong({ code: 'not_a_choice', word: 'raise', given: 'x', kind: kind as 'urgency', choices }),
  ),
];

const DONE: readonly Reply[] = [
  ...WORDS.flatMap(({ name: word, action }) =>
    action === undefined
      ? []
      : [{ result: 'done', word, action, requests: [LINE], others: [], assumed: true, times: {} } as const],
  ),
  {
    result: 'done',
    word: 'tell',
    action: 'tell',
    requests: [LINE],
    others: [
      { shortId: 'W3XH', why: 'has_owner', owner: 'ana', at: NOW },
      { shortId: 'X4YK', why: 'raised' },
      { shortId: 'Y5AC', why: 'refused', refusal: REFUSAL },
    ],
    assumed: false,
    times: { told_at: NOW, next_at: NOW },
  },
  { result: 'refused', word: 'ack', why: 'rules', refusal: REFUSAL, request: LINE },
  { result: 'refused', word: 'ack', why: 'bundle', others: [{ shortId: 'X4YK', why: 'raised' }] },
  { result: 'refused', word: 'ack', why: 'unknown_request', name: 'K7Q3' },
  { result: 'refused', word: 'ack', why: 'unknown_request', name: 'K7Q3', nearest: 'K7Q2' },
  { result: 'refused', word: 'ack', why: 'not_your_desk' },
  ...(['open', 'mine', 'find'] as const).flatMap((list) => [
    { result: 'requests', list, requests: [], more: false, indexing: true, leftOut: ['is:mien'] } as const,
    {
      result: 'requests',
      list,
      requests: [
        { ...LINE, waitsUntil: NOW },
        { ...LINE, status: 'open' },
        { ...LINE, status: 'closed', outcome: 'forwarded' },
      ],
      more: true,
      indexing: false,
      leftOut: [],
    } as const,
  ]),
  {
    result: 'status',
    request: LINE,
    clocks: [{ name: 'receipt', dueAt: NOW }],
    missing: ['data'],
    asked: { subject: 'Subject', from: 'Somebody', ownReference: 'REF 1', text: 'Text' },
    assumed: true,
  },
  { result: 'who', officers: [{ desk: 'ncp', officer: 'dan', role: 'head', isOnDuty: true, has: ['K7Q2'] }] },
  {
    result: 'duty',
    desks: [
      {
        desk: 'ncp',
        name: 'Desk',
        zone: 'UTC',
        onDuty: [],
        until: NOW,
        next: { officers: ['dan'], from: NOW },
        gaps: [{ start: NOW, end: NOW }],
      },
    ],
  },
  { result: 'duty', desks: [] },
  { result: 'help', words: WORDS.map(({ name }, index) => ({ word: name, now: index % 2 === 0 })) },
  ...WORDS.map(({ name }) => ({ result: 'help', words: [{ word: name, now: true }] }) as const),
];

describe.each(LANGUAGES)('a reply in %s', (language) => {
  it.each([...MISREAD, ...DONE].map((reply) => [JSON.stringify(reply).slice(0, 90), reply] as const))(
    'is a text that somebody wrote: %s',
    (_name, reply) => {
      const told = lines(language, reply);
      expect(told.length).toBeGreaterThan(0);
      for (const line of told) {
        expect(keysShown(line)).toEqual([]);
        expect(line).not.toMatch(/undefined|\{|\}|^$/);
      }
    },
  );
});

describe('a reply', () => {
  it('says what was not understood and what to type instead', () => {
    expect(lines('en', wrong({ code: 'unknown_word', given: 'akc', nearest: 'ack' }))).toEqual([
      '“akc” is no command. Did you mean “ack”?',
    ]);
    expect(lines('fr', wrong({ code: 'missing', word: 'wait', argument: 'because' }))).toEqual([
      '« Parce que » manque. Par exemple : attendre K7Q2 jusqu’à 18:00 pour le fournisseur car les journaux sont demandés',
    ]);
  });

  it('reads a time back in full, with its zone and in UTC', () => {
    const at = instant('2026-11-25T07:00:00Z');
    expect(fullTime(reader('en'), 'Europe/Bucharest', at)).toBe('Wed 25 Nov 2026 09:00 EET (07:00 UTC)');
    const night = instant('2026-11-24T23:30:00Z');
    expect(fullTime(reader('en'), 'Europe/Bucharest', night)).toMatch(
      /^Wed 25 Nov 2026 01:30 EET \(Tue,? 24 Nov,? 23:30 UTC\)$/,
    );
    expect(fullTime(reader('fr'), 'Europe/Bucharest', at)).toMatch(/^mer\. 25 nov\. 2026 09:00 \S+ \(07:00 UTC\)$/);
  });

  it('is an alert only where nothing was done', () => {
    expect(tell(reader('en'), { result: 'help', words: [] }).tone).toBe('done');
    expect(tell(reader('en'), wrong({ code: 'empty' })).tone).toBe('not_done');
  });
});
