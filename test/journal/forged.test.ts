import { describe, expect, it } from 'vitest';
import { INSTALLATION } from '../../src/journal/stream.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { aNight, exported, ONE, TWO } from './builder.ts';
import {
  changed,
  changedContent,
  coveredUp,
  doubled,
  type Forge,
  hashedAnew,
  hashedAnewThroughout,
  isContent,
  isEntry,
  rewritten,
  swapped,
  without,
  withStream,
} from './forge.ts';
import { type Case, hasPython, ourVerdict, pythonVerdicts } from './verdict.ts';

const anew = (forge: Forge) => hashedAnew(forge, ONE);
const movedByte: Forge = changedContent('c-1', ({ salt, bytes }) => ({
  salt: salt.subarray(0, 31),
  bytes: Buffer.concat([salt.subarray(31), bytes]),
}));
const anotherRound = rewritten(ONE, 2, '"round":1', '"round":2');
const otherErasure = rewritten(ONE, 5, '"erased":"c-2"', '"erased":"c-9"');
const cutTail = without((item) => isEntry(item, ONE, 6) || isContent(item, 'c-4'));
const elsewhere: Forge = (items) =>
  items.map((item) => (item.kind === 'header' ? { ...item, installation: 'elsewhere' } : item));

/** What is done, what both verifiers say of it, and what they say with the last checkpoint when that is not the same. */
const FORGERIES: readonly (readonly [what: string, forge: Forge, says: string, withCheckpoint?: string])[] = [
  ['nothing', (items) => [...items], 'ok'],
  ['a changed body', anotherRound, `BROKEN ${ONE} 2: hash_mismatch`],
  ['a changed time', rewritten(ONE, 3, 'T03:', 'T04:'), `BROKEN ${ONE} 3: hash_mismatch`],
  ['another actor', rewritten(ONE, 4, '"officer":"reyes"', '"officer":"tran"'), `BROKEN ${ONE} 4: hash_mismatch`],
  ['a space more in a body', rewritten(ONE, 2, '"round":', '"round": '), `BROKEN ${ONE} 2: hash_mismatch`],
  ['a space more in what is before the data', rewritten(ONE, 2, '"data":', '"data": '), `BROKEN ${ONE} 2: wrong_body`],
  ['a changed hash', changed(ONE, 2, () => ({ hash: 'a'.repeat(64) })), `BROKEN ${ONE} 2: hash_mismatch`],
  [
    'a hash in capitals',
    changed(ONE, 2, ({ hash }) => ({ hash: hash.toUpperCase() })),
    `BROKEN ${ONE} 2: hash_mismatch`,
  ],
  [
    'entries that changed places',
    swapped(
      (item) => isEntry(item, ONE, 2),
      (item) => isEntry(item, ONE, 3),
      false,
    ),
    `BROKEN ${ONE} 2: wrong_number`,
  ],
  [
    'entries that changed places and numbers',
    swapped(
      (item) => isEntry(item, ONE, 2),
      (item) => isEntry(item, ONE, 3),
      true,
    ),
    `BROKEN ${ONE} 2: wrong_body`,
  ],
  [
    'entries that changed streams',
    swapped(
      (item) => isEntry(item, ONE, 1),
      (item) => isEntry(item, TWO, 1),
      true,
    ),
    `BROKEN ${ONE} 1: wrong_body`,
  ],
  ['a removed first entry', without((item) => isEntry(item, ONE, 1)), `BROKEN ${ONE} 1: wrong_number`],
  ['a removed middle entry', without((item) => isEntry(item, ONE, 3)), `BROKEN ${ONE} 3: wrong_number`],
  ['a doubled entry', doubled((item) => isEntry(item, ONE, 2)), `BROKEN ${ONE} 3: wrong_number`],
  ['another number in a body', rewritten(ONE, 2, '"n":2,', '"n":3,'), `BROKEN ${ONE} 2: wrong_body`],
  ['another installation', rewritten(ONE, 2, '3f2b8c1e', '00000000'), `BROKEN ${ONE} 2: wrong_body`],
  ['the header of another one', elsewhere, `BROKEN ${INSTALLATION} 1: wrong_body`, 'unusable'],
  ['an epoch that goes back', anew(rewritten(ONE, 5, '"epoch":2', '"epoch":1')), `BROKEN ${ONE} 5: epoch_went_back`],
  ['half a body', rewritten(ONE, 2, /.{9}$/, ''), `BROKEN ${ONE} 2: wrong_body`],
  ['no data, hashed anew', anew(rewritten(ONE, 2, /,"data":.*\}$/, '}')), `BROKEN ${ONE} 2: wrong_body`],
  ['a list as data, hashed anew', anew(rewritten(ONE, 2, /"data":.*\}$/, '"data":[]}')), `BROKEN ${ONE} 2: wrong_body`],
  ['NaN in the data, hashed anew', anew(rewritten(ONE, 2, '"round":1', '"round":NaN')), 'unusable'],
  ['a second type, hashed anew', anew(rewritten(ONE, 2, /\}\}$/, '},"type":{}}')), 'unusable'],
  ['half of the data, hashed anew', anew(rewritten(ONE, 2, /.{9}$/, '}}')), 'unusable'],
  ['2.0 as a number, hashed anew', anew(rewritten(ONE, 2, '"n":2,', '"n":2.0,')), `BROKEN ${ONE} 2: wrong_body`],
  ['true as a number, hashed anew', anew(rewritten(ONE, 1, '"n":1,', '"n":true,')), `BROKEN ${ONE} 1: wrong_body`],
  ['a second number, hashed anew', anew(rewritten(ONE, 2, '"data":', '"n":7,"data":')), `BROKEN ${ONE} 2: wrong_body`],
  ['a later version, hashed anew', anew(rewritten(ONE, 2, '"v":1', '"v":2')), `BROKEN ${ONE} 2: wrong_body`],
  [
    'changed content',
    changedContent('c-1', () => ({ bytes: Buffer.from('quite another') })),
    `BROKEN ${ONE} 1: content_mismatch`,
  ],
  [
    'a changed salt',
    changedContent('c-1', ({ salt }) => ({ salt: salt.map((byte) => byte ^ 1) })),
    `BROKEN ${ONE} 1: content_mismatch`,
  ],
  [
    'exchanged contents',
    swapped(
      (item) => isContent(item, 'c-1'),
      (item) => isContent(item, 'c-3'),
      true,
    ),
    `BROKEN ${ONE} 1: content_mismatch`,
  ],
  ['content gone and not erased', without((item) => isContent(item, 'c-4')), `BROKEN ${ONE} 6: content_missing`],
  ['content that comes twice', doubled((item) => isContent(item, 'c-1')), 'unusable'],
  ['a cut tail', cutTail, `BROKEN ${ONE} 6: cut_tail`],
  ['a tail cut after the last checkpoint', without((item) => isEntry(item, TWO, 2)), 'ok'],
  [
    'the tail of installation cut',
    without((item) => isEntry(item, INSTALLATION, 4)),
    'ok',
    `BROKEN ${INSTALLATION} 4: cut_tail`,
  ],
  ['a missing stream', without((item) => isEntry(item, 'rota/main')), 'BROKEN rota/main 1: missing_stream'],
  [
    'installation missing',
    without((item) => isEntry(item, INSTALLATION)),
    'ok',
    `BROKEN ${INSTALLATION} 1: missing_stream`,
  ],
  ['all streams missing', without((item) => item.kind !== 'header'), 'ok', `BROKEN ${INSTALLATION} 1: missing_stream`],
  ['a stream more that no checkpoint saw', withStream('rota/other'), 'ok'],
  [
    'a stream that comes twice',
    (items) => [...items, ...items.filter((item) => isEntry(item, 'rota/main'))],
    'BROKEN rota/main 2: wrong_number',
  ],
  [
    'installation behind the others',
    (items) => [
      ...items.filter((item) => !isEntry(item, INSTALLATION)),
      ...items.filter((item) => isEntry(item, INSTALLATION)),
    ],
    'unusable',
  ],
  ['a changed body, hashed anew', anew(anotherRound), `BROKEN ${ONE} 3: head_mismatch`],
  [
    'a changed body, hashed anew and covered up by a later checkpoint',
    coveredUp(rewritten(ONE, 6, 'a-1', 'a-2'), ONE),
    `BROKEN ${ONE} 6: head_mismatch`,
  ],
  ['another erasure, hashed anew', anew(otherErasure), `BROKEN ${ONE} 6: head_mismatch`],
  [
    'a changed body, hashed anew with the checkpoints',
    hashedAnewThroughout(anotherRound, ONE),
    'ok',
    `BROKEN ${INSTALLATION} 4: head_mismatch`,
  ],
  [
    'a cut tail, hashed anew with the checkpoints',
    hashedAnewThroughout(cutTail, ONE),
    'ok',
    `BROKEN ${INSTALLATION} 4: head_mismatch`,
  ],
  [
    'another erasure, hashed anew with the checkpoints',
    hashedAnewThroughout(otherErasure, ONE),
    `BROKEN ${ONE} 3: content_missing`,
    `BROKEN ${INSTALLATION} 4: head_mismatch`,
  ],
];

async function forgedCases(): Promise<readonly { name: string; expected: string; given: Case }[]> {
  const { journal, second } = aNight();
  const items = await journal.items();
  const cases = FORGERIES.map(async ([what, forge, says, withCheckpoint = says]) => {
    const file = await exported(forge(items));
    return [
      { name: what, expected: says, given: { file } },
      { name: `${what}, with the checkpoint`, expected: withCheckpoint, given: { file, checkpoint: second } },
    ];
  });
  return (await Promise.all(cases)).flat();
}

describe('a forged journal', async () => {
  const cases = await forgedCases();

  it.each(cases)('with $name is judged: $expected', async ({ given, expected }) => {
    expect((await ourVerdict(given)).says).toBe(expected);
  });

  it('cannot move a byte from the salt to the content in the store', async () => {
    const { journal } = aNight();
    const report = await verifyJournal(movedByte(await journal.items()));
    expect(report).toEqual({ outcome: 'broken', finding: { stream: ONE, n: 1, what: 'content_mismatch' } });
  });

  it.skipIf(!hasPython)('is judged in the same words by docs/verify.py (needs python3)', async () => {
    const verdicts = pythonVerdicts(cases.map(({ given }) => given));
    expect(verdicts).toHaveLength(cases.length);
    for (const [i, { name, expected, given }] of cases.entries()) {
      expect(verdicts[i], name).toEqual({ ...(await ourVerdict(given)), says: expected });
    }
  });
});
