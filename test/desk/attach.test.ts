import { describe, expect, test } from 'vitest';
import { HOUR } from '../../rota/instant.ts';
import { attach } from '../../src/desk/attach.ts';
import { Duty, NCP, NIGHT, ORIGIN } from '../support/duty.ts';

const PRESERVATION = { kind: 'preservation', subject: 'Logs of a server' };

let counted = 0;
async function file(duty: Duty, requestId: string, name = `secret-${counted++}.txt`) {
  const bytes = new TextEncoder().encode(name);
  const attached = await attach(duty.desk, requestId, ORIGIN.actor, { name, mediaType: 'text/plain', bytes });
  await duty.crank.settle();
  return attached.result;
}

/** A preservation that Dan has, and how many pages that took. */
async function taken(message: object = PRESERVATION) {
  const duty = await Duty.begin(NCP);
  const { id } = await duty.request(message);
  await duty.act(id, 'acknowledge', 'dan');
  const { length: before } = duty.pages;
  return { duty, id, since: () => duty.pages.slice(before) };
}

describe('a file for a request that somebody has', () => {
  test('reminds whoever has it, as a file and by short id; a burst of them rings once', async () => {
    const { duty, id, since } = await taken();
    for (let n = 0; n < 5; n++) expect(await file(duty, id)).toBe('attached');
    const { shortId, news } = await duty.state(id);
    expect(since()).toEqual([expect.objectContaining({ officer: 'dan', reason: 'file', shortId })]);
    expect(JSON.stringify(since())).not.toContain('secret');
    expect(news).toBe('file');
    expect((await duty.types(`request/${id}`)).filter((type) => type === 'owner.reminded')).toHaveLength(1);
  });

  test('rings again once he has done something with it, and not for a file that was there', async () => {
    const { duty, id, since } = await taken();
    await file(duty, id, 'a.txt');
    await duty.act(id, 'ask', 'dan', { text: 'Is that all?' });
    expect('news' in (await duty.state(id))).toBe(false);
    expect(await file(duty, id, 'a.txt')).toBe('was_there');
    expect(since()).toHaveLength(1);
    await file(duty, id, 'b.txt');
    expect(since().map(({ reason }) => reason)).toEqual(['file', 'file']);
  });

  test('which he does not look at makes the request go up again', async () => {
    const { duty, id } = await taken();
    await file(duty, id);
    await duty.pass(60);
    expect(await duty.types(`request/${id}`)).toContain('progress.lapsed');
  });

  test('beside a message is no more than the message', async () => {
    const { duty, id, since } = await taken({ ...PRESERVATION, ownReference: 'EX 1' });
    const attachments = [{ name: 'a.txt', mediaType: 'text/plain', bytes: new Uint8Array([1]) }];
    await duty.receive({ ...PRESERVATION, ownReference: 'EX 1', text: 'more' }, { attachments });
    expect(since().map(({ reason }) => reason)).toEqual(['reminder']);
    await file(duty, id);
    expect((await duty.state(id)).news).toBe(true);
    expect(since()).toHaveLength(1);
  });

  test('is heard of with the next duty hours where it is routine', async () => {
    const { duty, id, since } = await taken({ kind: 'other', subject: 'A question of law' });
    await file(duty, id);
    expect(since()).toEqual([]);
    await duty.pass(5 * 60);
    expect(since()).toEqual([expect.objectContaining({ officer: 'dan', reason: 'file', at: NIGHT + 5 * HOUR })]);
  });
});

describe('a file for a request that nobody has', () => {
  test('makes no page of its own, and is marked', async () => {
    const duty = await Duty.begin(NCP);
    const { id } = await duty.request(PRESERVATION);
    await file(duty, id);
    expect(duty.rung()).toEqual(['dan pager']);
    expect((await duty.state(id)).news).toBe('file');
  });

  test('that came with the request is no news', async () => {
    const duty = await Duty.begin(NCP);
    const attachments = [{ name: 'a.txt', mediaType: 'text/plain', bytes: new Uint8Array([1]) }];
    const { id } = await duty.request(PRESERVATION, { attachments });
    expect('news' in (await duty.state(id))).toBe(false);
  });

  test('reopens one with an outcome, with clocks of its own', async () => {
    const { duty, id } = await taken();
    await duty.act(id, 'no_further_action', 'dan');
    duty.clock.set(NIGHT + HOUR);
    await file(duty, id);
    const { status, clocks } = await duty.state(id);
    expect(status).toBe('open');
    expect(clocks['answer']).toMatchObject({ startAt: NIGHT + HOUR });
    expect(clocks['answer']?.stopped).toBeUndefined();
  });
});
