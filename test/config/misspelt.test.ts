import { describe, expect, test } from 'vitest';
import { faultsOf, fileWith, OFFICERS } from './files.ts';

/** Line, path and what is wrong, in the order of the file. */
const told = (text: string) => faultsOf(text).map(({ line, path, wrong }) => `${line} ${path}: ${wrong}`);
const desk = (lines: string) => told(fileWith({ desk: lines }));
const NOT_KNOWN = 'this key is not known here';

describe('a misspelt key', () => {
  test('is told together with the faults below it, under the path and at the line that are written', () => {
    expect(desk('    chanels:\n      - type: page\n        content: all\n    languages: [en]\n')).toEqual([
      `9 desks[0].chanels: ${NOT_KNOWN}`,
      '10 desks[0].chanels[0].id: is missing',
      '11 desks[0].chanels[0].content: "all" is not an amount of content',
    ]);
  });

  test('names whom there is not, as the right key would', () => {
    expect(desk('    officer: [ana, nobody]\n')).toEqual([
      `9 desks[0].officer: ${NOT_KNOWN}`,
      '9 desks[0].officer[1]: "nobody" is not an officer',
    ]);
  });

  test('inside another one is told as well, with what is below both', () => {
    const lines =
      '    polices:\n      emergncy:\n        stps:\n          - { page: { oficer: nobody }, window: 3d }\n';
    expect(desk(lines)).toEqual([
      `9 desks[0].polices: ${NOT_KNOWN}`,
      `10 desks[0].polices.emergncy: ${NOT_KNOWN}`,
      `11 desks[0].polices.emergncy.stps: ${NOT_KNOWN}`,
      `12 desks[0].polices.emergncy.stps[0].page.oficer: ${NOT_KNOWN}`,
      '12 desks[0].polices.emergncy.stps[0].page.oficer: "nobody" is not an officer',
      '12 desks[0].polices.emergncy.stps[0].window: 3d is too long for an emergency',
    ]);
  });

  test('says which of several shapes a group has', () => {
    const officers = 'officers:\n  - { id: ana, name: Ana Example, methods: [{ typ: sms, adress: 12 }] }\n';
    expect(told(fileWith({ officers }))).toEqual([
      `2 officers[0].methods[0].typ: ${NOT_KNOWN}`,
      `2 officers[0].methods[0].adress: ${NOT_KNOWN}`,
      expect.stringMatching(/^2 officers\[0\]\.methods\[0\]\.adress: "12" /),
    ]);
  });

  test('keeps nobody from finding what it holds', () => {
    const officers = OFFICERS.replace('officers', 'oficers');
    expect(told(fileWith({ officers, desk: '    officers: [ana]\n' }))).toEqual([`1 oficers: ${NOT_KNOWN}`]);
  });

  test('that is required is told once, also where only the file as a whole asks for it', () => {
    const second = '  - { id: two, name: Two, time_zone: UTC, leters: B }\n';
    expect(desk(second)).toEqual([`9 desks[1].leters: ${NOT_KNOWN}`]);
  });

  test('lets the group around it be judged as a whole', () => {
    const row = '{ id: x, urgency: urgent, reason: R, when: { kinnd: [] } }';
    expect(desk(`    urgency_rows: [${row}]\n`)).toEqual([
      `9 desks[0].urgency_rows[0].when.kinnd: ${NOT_KNOWN}`,
      expect.stringMatching(/^9 desks\[0\]\.urgency_rows\[0\]\.when\.kinnd: the list is empty/),
    ]);
  });
});

describe('what stands below a key that is not known is not looked at', () => {
  const unseen = `${NOT_KNOWN}, so nothing below it was looked at`;

  test('where the right key stands there too', () => {
    expect(desk('    officer: [nobody]\n    officers: [ana]\n')).toEqual([`9 desks[0].officer: ${unseen}`]);
  });

  test('where another misspelt key has become the right one', () => {
    expect(desk('    officer: [ana]\n    oficers: [nobody]\n')).toEqual([
      `9 desks[0].officer: ${NOT_KNOWN}`,
      `10 desks[0].oficers: ${unseen}`,
    ]);
  });

  test('where no right key is near', () => {
    expect(desk('    holidays: [nobody]\n')).toEqual([`9 desks[0].holidays: ${unseen}`]);
  });
});

test('a value below a misspelt key that holds a secret is shown by neither name', () => {
  const source = '{ id: ncb, name: NCB, tokn: { env: hunter2-of-the-bureau } }';
  const shown = JSON.stringify(faultsOf(fileWith({ desk: `    sources: [${source}]\n` })));
  expect(shown).toContain('desks[0].sources[0].tokn.env');
  expect(shown).not.toContain('hunter2');
});
