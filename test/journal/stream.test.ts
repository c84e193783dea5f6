import { expect, it } from 'vitest';
import { accessStream, requestStream, rotaStream } from '../../src/journal/stream.ts';

it('streams are named after what they belong to, access logs by the month in UTC', () => {
  expect(requestStream('5d3c9f60')).toBe('request/5d3c9f60');
  expect(rotaStream('main')).toBe('rota/main');
  expect(accessStream('main', Date.parse('2026-12-01T00:30:00+01:00'))).toBe('access/main/2026-11');
});
