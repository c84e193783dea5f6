import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeness } from '../../src/request/completeness.ts';
import { KINDS } from '../../src/request/kinds.ts';
import type { Message } from '../../src/request/message.ts';
import { message, standardKind } from './build.ts';

const preservation = standardKind('preservation');

const COMPLETE: Message = message({
  ownReference: 'NOR-2026-0311',
  sender: {
    organisation: 'National Cybercrime Unit',
    person: 'Inspector Signe Aas',
    country: 'NO',
    email: '24-7@police.norland.example',
    phone: '+1 555 0142',
  },
  items: {
    offence_and_facts: 'Illegal access; the payroll system of a hospital was entered on 9 November 2026.',
    data: 'Connection logs of the address, which show who entered the system.',
    custodian: 'Southnet Hosting',
    necessity: 'The provider deletes connection logs after seven days.',
    mla_intended: 'yes, within 40 days',
  },
  identifiers: [{ type: 'ip', value: '192.0.2.77', port: 51544, at: '2026-11-09T02:13:44+01:00' }],
});

function lacking(change: Partial<Message>): string[] {
  const { missing } = completeness(preservation, { ...COMPLETE, ...change });
  return missing.filter(({ requirement }) => requirement === 'law').map(({ item }) => item);
}

const answering = (item: string, answer: string) => ({ items: { ...COMPLETE.items, [item]: answer } });

describe('completeness', () => {
  test('finds nothing of the law missing in a complete request, whatever helpful is not there', () => {
    const { complete, missing } = completeness(preservation, COMPLETE);
    expect(complete).toBe(true);
    expect(missing.map(({ item }) => item)).toEqual([
      'responsible_authority',
      'seriousness',
      'related_requests',
      'data_category',
      'preservation_days',
      'mla_planned_by',
    ]);
  });

  test('tells what is missing by its article', () => {
    const { complete, missing } = completeness(preservation, { ...COMPLETE, ...answering('necessity', '') });
    expect(complete).toBe(false);
    expect(missing[0]).toEqual({
      item: 'necessity',
      article: 'Art. 29(2)(e)',
      requirement: 'law',
      why: 'missing',
      sentence: { key: 'completeness.missing', values: { article: 'Art. 29(2)(e)', item: 'item.necessity' } },
    });
  });

  test('names the six items of the law before the helpful ones when nothing is said', () => {
    const { missing } = completeness(preservation, message());
    expect(missing.slice(0, 6).map(({ article }) => article.slice(-3))).toEqual([
      '(a)',
      '(b)',
      '(c)',
      '(d)',
      '(e)',
      '(f)',
    ]);
    expect(missing.slice(6).every(({ requirement }) => requirement === 'helpful')).toBe(true);
  });

  test.each(['not known', 'Unknown.', '(inconnu)', 'BİLİNMİYOR', 'не известно', 'necunoscut', '不明'])(
    'takes "%s" for the custodian, and only for the custodian',
    (answer) => {
      expect(lacking(answering('custodian', answer))).toEqual([]);
      expect(completeness(preservation, { ...COMPLETE, ...answering('custodian', answer) }).notKnown).toEqual([
        'custodian',
      ]);
      const necessity = completeness(preservation, { ...COMPLETE, ...answering('necessity', answer) });
      expect(necessity.missing[0]).toMatchObject({ item: 'necessity', why: 'not_known' });
    },
  );

  test('a custodian nobody mentioned is missing: "not known" has to be said', () => {
    const { custodian: _nothing, ...items } = COMPLETE.items;
    expect(lacking({ items })).toEqual(['custodian']);
  });

  test('a sentence that contains "unknown" is an answer', () => {
    expect(lacking(answering('necessity', 'Unknown persons delete the logs daily.'))).toEqual([]);
  });

  test.each(['', '   ', '-', '—', '...', '?', 'n/a', 'N/A', '\u0000'])('"%s" answers nothing', (answer) => {
    expect(lacking(answering('data', answer))).toEqual(['data']);
  });

  test('an intention of mutual assistance that is denied is missing, and it is said why', () => {
    for (const no of ['no', 'NON', 'nein', 'hayır', 'нет', 'false']) {
      const { missing } = completeness(preservation, { ...COMPLETE, ...answering('mla_intended', no) });
      expect(missing[0]).toMatchObject({ article: 'Art. 29(2)(f)', why: 'denied' });
    }
  });

  test('the sender, its reference and the identifiers answer their items by themselves', () => {
    const { missing } = completeness(preservation, COMPLETE);
    const named = missing.map(({ item }) => item);
    expect(named).not.toContain('authority');
    expect(named).not.toContain('own_reference');
    expect(named).not.toContain('identifiers');
    expect(named).not.toContain('comm_start');
  });

  test('a time without a zone does not answer when the communication took place', () => {
    const identifiers = [{ type: 'ip', value: '203.0.113.9', at: '03/11/2026 14:05' }] as const;
    const { missing } = completeness(preservation, { ...COMPLETE, identifiers });
    expect(missing.map(({ item }) => item)).toContain('comm_start');
  });

  test('never throws and never names an item that the kind does not have', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('authority', '__proto__', 'custodian')),
          fc.string({ unit: 'binary' }),
        ),
        fc.record({ organisation: fc.string(), email: fc.string() }, { requiredKeys: [] }),
        fc.array(
          fc.record({ type: fc.constantFrom('ip' as const, 'other' as const), value: fc.string(), at: fc.string() }),
        ),
        (kind, items, sender, identifiers) => {
          const { missing, complete } = completeness(kind, message({ items, sender, identifiers }));
          const ids = kind.items.map(({ id }) => id);
          expect(missing.every(({ item }) => ids.includes(item))).toBe(true);
          expect(complete).toBe(!missing.some(({ requirement }) => requirement === 'law'));
        },
      ),
    );
  });
});
