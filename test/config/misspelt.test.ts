import { describe, expect, test } from 'vitest';
import { faultsOf, fileWith, OFFICERS } from './files.ts';

const told = (text: string) => faultsOf(text).map(({ path, wrong, expected }) => `${path}: ${wrong}; ${expected}`);

describe('a misspelt key', () => {
  test('with something below it says that this was not looked at', () => {
    const faults = told(fileWith({ desk: '    officer: [ana, nobody]\n    nam: x\n' }));
    expect(faults).toEqual([
      expect.stringMatching(
        /^desks\[0\]\.officer: this key is not known here, so nothing below it was looked at; one of /,
      ),
      expect.stringMatching(/^desks\[0\]\.nam: this key is not known here; one of /),
    ]);
  });

  test('that leaves no officer to name says so where one is named', () => {
    const faults = told(fileWith({ officers: OFFICERS.replace('officers', 'oficers'), desk: '    officers: [ana]\n' }));
    expect(faults).toContain('desks[0].officers[0]: "ana" is not an officer; an officer, of which this file has none');
  });
});
