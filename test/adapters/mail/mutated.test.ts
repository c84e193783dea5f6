import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMailReader } from '../../../adapters/mail/mail-reader.ts';
import type { MailReader, ReadMail } from '../../../src/ports/mail-reader.ts';
import { NOW, sample, sampleNames } from './mails.ts';

const MAILS = 500;
const SEED = 20261120;

let reader: MailReader;
beforeAll(() => {
  reader = createMailReader({ now: () => NOW });
});
afterAll(() => reader.close());

/** Numbers from 0 to below `below`, the same ones for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Mutation = (bytes: Buffer, random: (below: number) => number) => Buffer;

function span(bytes: Buffer, random: (below: number) => number): Buffer {
  const start = random(bytes.length + 1);
  return bytes.subarray(start, start + random(300));
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let n = random(20); n >= 0; n -= 1) flipped[random(bytes.length)] = random(256);
    return flipped;
  },
  (bytes, random) => bytes.subarray(0, random(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random(bytes.length)),
  (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), span(bytes, random), bytes.subarray(at)]);
  },
  (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(300))]);
  },
  (bytes) => Buffer.concat([bytes, bytes]),
];

function faultsOf({ message, attachments, notes }: ReadMail): readonly string[] {
  const { subject = '', text = '', sender } = message;
  const lines = [subject, sender.person ?? '', sender.email ?? '', ...attachments.map(({ name }) => name)];
  const taken = attachments.map(({ name }) => name.toLowerCase());
  const checks: readonly (readonly [string, boolean])[] = [
    ['text is not well formed', [text, ...lines].every((value) => value.isWellFormed())],
    ['text has U+0000', ![text, ...lines].some((value) => value.includes('\0'))],
    ['a one-line value has a control', !lines.some((value) => /\p{Cc}/u.test(value))],
    ['an attachment has no name, or a path', attachments.every(({ name }) => /^[^/\\]{1,200}$/.test(name))],
    ['two attachments have one name', new Set(taken).size === taken.length],
    ['a note is there twice', new Set(notes.map(({ code }) => code)).size === notes.length],
  ];
  return checks.flatMap(([fault, holds]) => (holds ? [] : [fault]));
}

test(`${MAILS} mutated samples: each is read or clearly refused, and what is read is clean`, async () => {
  const random = numbers(SEED);
  let unreadable = 0;
  for (let n = 0; n < MAILS; n += 1) {
    const name = sampleNames[n % sampleNames.length] ?? '';
    let bytes = sample(name.slice(0, 2));
    for (let times = random(3); times >= 0 && bytes.length > 0; times -= 1) {
      bytes = MUTATIONS[random(MUTATIONS.length)]?.(bytes, random) ?? bytes;
    }
    const outcome = await reader.read(bytes);
    if ('unreadable' in outcome) unreadable += 1;
    else expect(faultsOf(outcome), `mail ${n} of seed ${SEED}, made from ${name}`).toEqual([]);
  }
  expect(unreadable).toBeLessThan(MAILS / 100);
}, 60_000);
