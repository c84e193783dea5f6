import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createMailReader, type MailReaderOptions } from '../../../adapters/mail/mail-reader.ts';
import { SECOND } from '../../../rota/instant.ts';
import type { MailReader } from '../../../src/ports/mail-reader.ts';
import { mail, NOW, readable, sample } from './mails.ts';

const FAILING = new URL('./failing-worker.ts', import.meta.url);
const readers: MailReader[] = [];

function reader(options: Partial<MailReaderOptions> = {}): MailReader {
  const created = createMailReader({ now: () => NOW, ...options });
  readers.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(readers.splice(0).map((each) => each.close()));
});

test('a mail is read in the other process as it is read outside, its files included', async () => {
  const result = readable(await reader().read(sample('10')));
  expect(result.message.text).toContain('identidade do assinante do endereço');
  expect(Buffer.from(result.attachments[0]?.bytes ?? []).toString()).toContain('%PDF-1.4');
});

test('the bytes stay with the caller', async () => {
  const bytes = new Uint8Array(sample('04'));
  await reader().read(bytes);
  expect(Buffer.from(bytes)).toEqual(sample('04'));
});

test('mails that come at once are answered each with its own', async () => {
  const one = reader();
  const results = await Promise.all(['01', '04', '11', '12'].map((number) => one.read(sample(number))));
  expect(results.map((result) => readable(result).messageId)).toEqual([
    '<a1@police.norland.example>',
    '<d4@police.eastholm.example>',
    '<l11@siber.example>',
    '<m12@fjord.example>',
  ]);
});

describe('a mail that the reading process does not survive', () => {
  test.each([
    ['FAULT-HANG', 'timeout'],
    ['FAULT-MEMORY', 'memory'],
    ['FAULT-CRASH', 'broken'],
    ['FAULT-WRITE', 'broken'],
    ['FAULT-EXIT', 'broken'],
  ])('%s ends as %s, and those behind it are read', async (fault, unreadable) => {
    const one = reader({ workerUrl: FAILING, timeLimit: 3 * SECOND, memoryMegabytes: 64 });
    const [failed, next] = await Promise.all([one.read(mail({}, fault)), one.read(sample('04'))]);
    expect(failed).toEqual({ unreadable });
    expect(readable(next).message.subject).toBe('EMERGENCY - threat to life - please call');
  });

  test('a process that cannot even start is a broken mail, not an error', async () => {
    const one = reader({ workerUrl: new URL('./no-such-worker.ts', import.meta.url) });
    expect(await one.read(sample('04'))).toEqual({ unreadable: 'broken' });
  });
});

describe('closing', () => {
  test('ends the mail under way and those behind it as closed, which says nothing about them', async () => {
    const one = reader({ workerUrl: FAILING });
    const results = [one.read(mail({}, 'FAULT-HANG')), one.read(sample('04'))];
    await one.close();
    expect(await Promise.all(results)).toEqual([{ unreadable: 'closed' }, { unreadable: 'closed' }]);
  });

  test('is final, and may be repeated', async () => {
    const one = reader();
    await one.close();
    await one.close();
    expect(await one.read(sample('04'))).toEqual({ unreadable: 'closed' });
  });
});

test('a reader that nobody closed does not keep the process alive', async () => {
  const script = `
    import { createMailReader } from ${JSON.stringify(new URL('../../../adapters/mail/mail-reader.ts', import.meta.url))};
    const { message } = await createMailReader({ now: Date.now }).read(Buffer.from('Subject: Call us'));
    console.log(message.subject);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 15_000,
  });
  expect(stdout).toBe('Call us\n');
});
