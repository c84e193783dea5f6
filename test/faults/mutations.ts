import { Buffer } from 'node:buffer';
import type { Random } from '../simulation/random.ts';
import { EMERGENCY } from '../support/story-desk.ts';

/** One body as it is sent, and which mutation made it. */
export type Mutated = { readonly how: string; readonly type: string; readonly bytes: Buffer };

type Change = (bytes: Buffer, random: Random) => Buffer;

/** What can happen to any bytes on their way. */
const OF_BYTES: Readonly<Record<string, Change>> = {
  flipped: (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let n = random.between(1, 8); n > 0; n--)
      flipped[random.between(0, bytes.length - 1)] = random.between(0, 255);
    return flipped;
  },
  truncated: (bytes, random) => bytes.subarray(0, random.between(0, bytes.length)),
  beheaded: (bytes, random) => bytes.subarray(random.between(0, bytes.length)),
  doubled: (bytes, random) => spliced(bytes, random, spanOf(bytes, random)),
  holed: (bytes, random) => {
    const at = random.between(0, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 300))]);
  },
  strewn: (bytes, random) => spliced(bytes, random, random.pick(STRANGE)),
};

/** Bytes that mean something to one reader or another. */
const STRANGE: readonly Buffer[] = [
  '\0',
  '\u202e',
  '\ufeff',
  '\u2028',
  'ﷺ'.repeat(50),
  'a\u0301\u0316'.repeat(80),
  '👩‍👩‍👧‍👦',
  '\\u0000',
  '\\ud800',
  '\\udfff\\ud800',
  '\r\n\r\n',
  '--b--\r\n',
  '<script>alert(1)</script>',
  "'; DROP TABLE request; --",
  '{{7*7}}%s%n',
].map((text) => Buffer.from(text));

const BROKEN_UTF8 = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]].map(Buffer.from);

/** Values that have no place where they are put. */
const VALUES: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '1e400',
  '-1e999',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1e-400',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202egnp.exe"',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"toString":1}',
  '{"__proto__":{"admin":true}}',
  '{"then":1}',
  '"2026-02-30T25:61:61Z"',
  '"not_urgent"',
  '"emergency"',
];

/** Changes to the JSON itself, most of which leave it JSON. */
const OF_JSON: Readonly<Record<string, (fields: [string, string][], random: Random) => string>> = {
  wrongValue: (fields, random) => objectOf(replaced(fields, random, random.pick(VALUES) ?? 'null')),
  deep: (fields, random) => {
    const depth = random.pick([3, 40, 1000, 100_000]);
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
    ] as const);
    return objectOf(
      replaced(fields, random, `${open.repeat(depth)}1${random.happens(0.8) ? close.repeat(depth) : ''}`),
    );
  },
  twice: (fields, random) => {
    const [key = '', value = ''] = random.pick(fields) ?? [];
    return objectOf([...fields, [key, random.happens(0.5) ? value : (random.pick(VALUES) ?? '0')]]);
  },
  unknownKey: (fields, random) => {
    const key = random.pick([
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'desk',
      'id',
      '',
      '\\u0000',
      'é',
    ]);
    return objectOf([...fields, [key, random.pick(VALUES) ?? 'null']]);
  },
  long: (fields, random) =>
    objectOf(replaced(fields, random, JSON.stringify('x'.repeat(random.pick([400, 21_000, 201_000]))))),
  many: (fields, random) => {
    const one = '{"type":"ip","value":"203.0.113.9"}';
    return objectOf(
      fields.map(([key, value]) => [
        key,
        key === 'identifiers' ? `[${Array(random.pick([1, 499, 501, 5000])).fill(one)}]` : value,
      ]),
    );
  },
  fewer: (fields, random) => objectOf(fields.filter(() => random.happens(0.5))),
  bare: (_, random) => random.pick(VALUES) ?? '',
  spaced: (fields, random) =>
    `${'\n\t '.repeat(random.between(0, 2000))}${objectOf(fields)}${' '.repeat(random.between(0, 2000))}`,
};

function objectOf(fields: readonly (readonly [string, string])[]): string {
  return `{${fields.map(([key, value]) => `"${key}":${value}`).join(',')}}`;
}

function replaced(fields: [string, string][], random: Random, value: string): [string, string][] {
  const at = random.between(0, fields.length - 1);
  return fields.map(([key, before], index) => [key, index === at ? value : before]);
}

function spanOf(bytes: Buffer, random: Random): Buffer {
  const at = random.between(0, bytes.length);
  return bytes.subarray(at, at + random.between(1, 300));
}

function spliced(bytes: Buffer, random: Random, piece: Buffer = Buffer.of(0)): Buffer {
  const at = random.between(0, bytes.length);
  return Buffer.concat([
    bytes.subarray(0, at),
    random.happens(0.2) ? (random.pick(BROKEN_UTF8) ?? piece) : piece,
    bytes.subarray(at),
  ]);
}

/** A request in JSON with something wrong with it; `name` keeps one from being a repetition of another. */
export function mutatedJson(name: string, random: Random): Mutated {
  const message = { ...EMERGENCY, urgency: 'urgent', grounds: [], ownReference: `EX-${name}` };
  const fields = Object.entries(message).map(([key, value]): [string, string] => [key, JSON.stringify(value)]);
  const how = random.pick([...Object.keys(OF_JSON), ...Object.keys(OF_BYTES)]) ?? '';
  const text = OF_JSON[how]?.(fields, random);
  if (text !== undefined) return { how, type: 'application/json', bytes: Buffer.from(text) };
  return {
    how,
    type: 'application/json',
    bytes: OF_BYTES[how]?.(Buffer.from(objectOf(fields)), random) ?? Buffer.of(),
  };
}

/** The same request in a form with a file. */
export function mutatedForm(name: string, random: Random): Mutated {
  const json = mutatedJson(name, random);
  const part = (head: string, body: Buffer) => [
    Buffer.from(`--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ];
  const form = Buffer.concat([
    ...part('name="request"', json.bytes),
    ...part('name="f"; filename="log.txt"', Buffer.from('some lines of a log')),
    Buffer.from('--b--\r\n'),
  ]);
  const how = random.pick(Object.keys(OF_BYTES)) ?? '';
  const bytes = random.happens(0.5) ? form : (OF_BYTES[how]?.(form, random) ?? form);
  return { how: `form ${how}`, type: 'multipart/form-data; boundary=b', bytes };
}

/** A sample mail with up to three things wrong with it. */
export function mutatedMail(samples: readonly Buffer[], random: Random): Mutated {
  let bytes = random.pick(samples) ?? Buffer.of();
  const done: string[] = [];
  for (let times = random.between(1, 3); times > 0 && bytes.length > 0; times--) {
    const how = random.pick(Object.keys(OF_BYTES)) ?? '';
    bytes = OF_BYTES[how]?.(bytes, random) ?? bytes;
    done.push(how);
  }
  return { how: `mail ${done.at(-1)}`, type: 'message/rfc822', bytes };
}
