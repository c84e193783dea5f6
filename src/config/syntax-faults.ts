/** What the YAML reader's codes mean to somebody who has never seen YAML. Its own messages may quote the file. */
type Meaning = { readonly wrong: string; readonly expected: string };

const MEANINGS: Readonly<Record<string, Meaning>> = {
  TAB_AS_INDENT: { wrong: 'this line begins with a tab', expected: 'spaces: YAML does not indent by tabs' },
  BAD_INDENT: {
    wrong: 'this line is indented by a number of spaces that does not fit',
    expected: 'as many spaces as the lines that it belongs with; or a ] or } is missing before it',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    wrong: 'a key begins inside the value of another key',
    expected:
      'each key on a line of its own, two spaces deeper than the key it belongs to; quotes around text with ": "',
  },
  MULTILINE_IMPLICIT_KEY: {
    wrong: 'this line is no key with its value',
    expected: '"key: value", with a blank after the colon',
  },
  MISSING_CHAR: {
    wrong: 'something is not finished here',
    expected: 'a colon after each key, and a closing quote, bracket or brace for each opening one',
  },
  BAD_SCALAR_START: {
    wrong: 'this text begins with a character that YAML keeps for itself',
    expected: 'quotes around the text',
  },
  BAD_DQ_ESCAPE: {
    wrong: 'a backslash stands in double quotes',
    expected: "single quotes around text with backslashes: 'C:\\tocsin'",
  },
  MULTIPLE_DOCS: { wrong: 'a second document begins here', expected: 'one document: remove this line with "---"' },
  UNEXPECTED_TOKEN: {
    wrong: 'this does not belong here',
    expected: '"key: value", or "- " and an item of a list, at the right depth',
  },
  RESOURCE_EXHAUSTION: {
    wrong: 'this is nested too deeply',
    expected: 'a few levels, as in docs/examples/tocsin.yaml',
  },
};

const UNREADABLE: Meaning = {
  wrong: 'this cannot be read as YAML',
  expected: '"key: value" lines and lists, as in docs/examples/tocsin.yaml',
};

export function meaningOf(code: string): Meaning {
  return (Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined) ?? UNREADABLE;
}
