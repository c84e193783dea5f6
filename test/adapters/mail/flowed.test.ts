import { expect, test } from 'vitest';
import { unflow } from '../../../adapters/mail/flowed.ts';
import { mail, read } from './mails.ts';

test('a flowed line goes on in the next one', () => {
  expect(unflow('there is a threat to \nlife here\nnext', false)).toBe('there is a threat to life here\nnext');
});

test('quotes flow within their depth only', () => {
  expect(unflow('> one \n> two \n>> three\nfour', false)).toBe('> one two \n>> three\nfour');
});

test('the signature mark ends the flow, and a stuffed space goes', () => {
  expect(unflow('-- \nname\n From here', false)).toBe('-- \nname\nFrom here');
});

test('with DelSp the space was added and goes', async () => {
  const result = await read(mail({ 'Content-Type': 'text/plain; format=flowed; delsp=yes' }, '緊 \r\n急'));
  expect(result.message.text).toBe('緊急');
});
