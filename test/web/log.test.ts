import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { createLog, safeError } from '../../src/web/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog({ level: 'trace', to: { write: (line: string) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

const SECRET = 'marker-51c0';

describe('a log line', () => {
  it('has its text and the fields that are allowed, and nothing else', () => {
    const [line] = logged((log) => log.info({ id: '1', route: '/a', url: SECRET, body: { a: SECRET } }, 'answered'));
    expect(line).toEqual({ level: 'info', time: expect.any(Number), id: '1', route: '/a', msg: 'answered' });
  });

  it('never has the message of an error, whichever way it is given', () => {
    const error = new Error(`about ${SECRET}`, { cause: new TypeError(SECRET) });
    const lines = logged((log) => {
      log.error(error);
      log.error({ err: error });
      log.error({ err: error }, error.message);
      log.error({ err: error }, 'could not answer');
      log.warn(error, 'failed');
      log.child({ id: '2', req: SECRET }).error({ err: error, res: { headers: SECRET } });
    });
    expect(lines).toHaveLength(6);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
    for (const { err } of lines) expect(err).toMatchObject({ type: 'Error', cause: { type: 'TypeError' } });
    expect(lines[3]?.['msg']).toBe('could not answer');
    expect(lines[5]?.['id']).toBe('2');
  });
});

describe('what is told of an error', () => {
  it('is its class, its code and where it was thrown', () => {
    const told = safeError(new StoreUnavailable('no turn', false));
    expect(told).toMatchObject({ type: 'StoreUnavailable', code: 'no turn' });
    expect(told.at[0]).toContain('log.test.ts');
  });

  it('has no line of a message that looks like a place in code', () => {
    const told = safeError(new Error(`a\n    at ${SECRET} (/etc/${SECRET}:1:1)\nb`));
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(told.at[0]).toContain('log.test.ts');
    const changed = new Error(SECRET);
    expect(changed.stack).toContain(SECRET);
    changed.message = 'another message';
    expect(safeError(changed).at).toEqual([]);
  });

  it('has no code that is a text', () => {
    const error = Object.assign(new Error('a'), { code: `the row ${SECRET}` });
    expect(safeError(error)).not.toHaveProperty('code');
    expect(safeError(SECRET)).toEqual({ type: 'string', at: [] });
    expect(safeError(undefined)).toEqual({ type: 'undefined', at: [] });
  });
});
