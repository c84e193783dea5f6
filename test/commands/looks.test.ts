import { beforeEach, describe, expect, it } from 'vitest';
import { instant, MINUTE } from '../../rota/instant.ts';
import { WORDS } from '../../src/commands/words.ts';
import type { RequestState } from '../../src/request/state.ts';
import { type Duty, NIGHT } from '../support/duty.ts';
import { Typing } from './typing.ts';

let typing: Typing;
let duty: Duty;
let request: RequestState;
beforeEach(async () => {
  typing = await Typing.begin();
  ({ duty, request } = typing);
});

const typed: Typing['types'] = (...line) => typing.types(...line);
const types: Typing['types'] = (text, officer = 'dan', more = {}) => typing.types(text, officer, more);
const does: Typing['does'] = (...line) => typing.does(...line);

describe('what is looked at', () => {
  it('is the board and what one has, in the order of the board', async () => {
    const other = await duty.request({ urgency: 'urgent', subject: 'E' });
    expect(await typed('open', 'dan')).toMatchObject({
      list: 'open',
      more: false,
      requests: [{ id: request.id }, { id: other.id }],
    });
    await does('ack ID');
    expect(await typed('mine', 'dan')).toMatchObject({ requests: [{ id: request.id, owner: 'dan' }] });
    expect(await typed('mine', 'ana')).toMatchObject({ requests: [] });
    expect(await typed('chercher REF 12/3', 'ana')).toMatchObject({ list: 'find', requests: [{ id: request.id }] });
  });

  it('is one request, with what was asked only where the case may be shown', async () => {
    expect(await types('status ID')).toMatchObject({
      request: { id: request.id, nextAt: NIGHT + 5 * MINUTE },
      asked: { subject: 'A child is missing', ownReference: 'REF 12/3' },
    });
    const summary = await types('status ID', 'dan', { disclosure: 'summary' });
    expect(JSON.stringify(summary)).not.toMatch(/child|REF/);
  });

  it('is who is on duty, who has what, and where nobody will be', async () => {
    await does('ack ID', 'eva');
    expect(await typed('who', 'ana')).toMatchObject({
      officers: [
        { officer: 'ana', role: 'head', isOnDuty: false, has: [] },
        { officer: 'dan', isOnDuty: true, has: [] },
        { officer: 'eva', isOnDuty: false, has: [request.shortId] },
      ],
    });
    const monday = instant('2026-06-08T05:00:00Z');
    expect(await typed('duty', 'dan')).toMatchObject({
      desks: [{ desk: 'ncp', onDuty: ['dan'], until: monday, next: { officers: ['eva'], from: monday }, gaps: [] }],
    });
    expect(await typed('duty')).toMatchObject({ desks: [{ desk: 'ncp' }, { desk: 'other' }] });
  });

  it('is what this officer may do, in the order of use', async () => {
    const words = async (officer: string) => {
      const reply = await typed('help', officer);
      if (reply.result !== 'help') throw new Error(reply.result);
      expect(reply.words.map(({ word }) => word)).toEqual(WORDS.map(({ name }) => name));
      return reply.words.filter((one) => one.now).map(({ word }) => word);
    };
    expect((await words('dan')).slice(0, 2)).toEqual(['ack', 'pass']);
    expect(await words('ana')).not.toContain('pass');
    await does('ack ID');
    expect(await words('dan')).toEqual(expect.arrayContaining(['wait', 'release', 'answer']));
    expect(await words('ana')).not.toContain('release');
    await does('lower ID to urgent because the child was found');
    expect(await words('ana')).toContain('review');
    expect(await words('dan')).not.toContain('review');
    expect(await words('zoe')).toEqual(['status', 'open', 'mine', 'find', 'who', 'duty', 'help']);
    expect(await typed('aide attendre', 'dan')).toEqual({ result: 'help', words: [{ word: 'wait', now: true }] });
    expect(await typed('help wiat', 'dan')).toMatchObject({ misread: { code: 'unknown_word', nearest: 'wait' } });
  });
});
