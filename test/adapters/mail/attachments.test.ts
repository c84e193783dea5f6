import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentsOf, safeName } from '../../../adapters/mail/attachments.ts';
import { Notes } from '../../../adapters/mail/notes.ts';
import type { Part } from '../../../adapters/mail/parts.ts';

const part = (fields: Partial<Part>): Part => ({
  mediaType: 'application/pdf',
  disposition: 'attachment',
  parameters: {},
  bytes: Buffer.from('x'),
  ...fields,
});
const namesOf = (parts: readonly Part[]) => attachmentsOf(parts, new Notes()).map(({ name }) => name);

describe('a name is made safe', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\letter.pdf', 'letter.pdf'],
    ['..', ''],
    ['.htaccess', 'htaccess'],
    ['letter.pdf. . ', 'letter.pdf'],
    ['a\r\nb\0c.pdf', 'ab\uFFFDc.pdf'],
    ['letter\u202Efdp.exe', 'letterfdp.exe'],
    ['a<b>"c".pdf', 'a_b__c_.pdf'],
    ['ofício assinado.pdf', 'ofício assinado.pdf'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
  ])('%j becomes %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test('whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeName(name);
        expect(safe.length).toBeLessThanOrEqual(200);
        expect(safe.isWellFormed()).toBe(true);
        expect(safe).not.toMatch(/[\p{Cc}/\\\u202A-\u202E\u2066-\u2069]|^[.\s]|[.\s]$/u);
      }),
    );
  });
});

test('names are unique, letter case ignored, and keep their extension', () => {
  expect(namesOf([part({ fileName: 'a.pdf' }), part({ fileName: 'A.pdf' }), part({ fileName: 'a.pdf' })])).toEqual([
    'a.pdf',
    'A (2).pdf',
    'a (3).pdf',
  ]);
});

test('many long names stay unique within their length', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('x'.repeat(250), `${'y'.repeat(199)}.pdf`, '', 'a'), { maxLength: 60 }),
      (all) => {
        const names = namesOf(all.map((fileName) => part({ fileName })));
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(all.length);
        expect(names.every((name) => name.length > 0 && name.length <= 200)).toBe(true);
      },
    ),
  );
});

test('a part without a name is named by its type', () => {
  expect(namesOf([part({}), part({ mediaType: 'x/y' })])).toEqual(['attachment.pdf', 'attachment']);
});

test('a media type that is none is bytes', () => {
  const [file] = attachmentsOf([part({ mediaType: 'text/html; x' })], new Notes());
  expect(file?.mediaType).toBe('application/octet-stream');
});

test('text to be read in place is no file, unless it has a name; text sent as a file is one', () => {
  const inline = { mediaType: 'text/plain', disposition: '' };
  expect(namesOf([part(inline)])).toEqual([]);
  expect(namesOf([part({ ...inline, fileName: 'log.txt' })])).toEqual(['log.txt']);
  expect(namesOf([part({ mediaType: 'text/plain' })])).toEqual(['text.txt']);
});
