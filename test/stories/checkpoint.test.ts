import { describe, expect, it, vi } from 'vitest';
import { act } from '../../src/desk/act.ts';
import { Officer } from '../support/officer.ts';
import { Tocsin, tocsin } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';
import { testHouse } from '../web/house.ts';

const LINE = /tocsin-checkpoint\/1 \S+ \d+ \d+ \S+ [0-9a-f]{64}/;
const OK = { code: 0, out: expect.stringMatching(/^ok: .*\nnot proved: anything written/) };

describe.concurrent('a checkpoint', { timeout: 60_000 }, () => {
  it('that somebody takes at the command line stands at the foot of the board, after a restart too', async () => {
    const first = await Tocsin.start({ yaml: shortDesk('10m') });
    await first.send(emergency('kept'));
    const dan = await Officer.signIn(first, 'dan');
    expect(await dan.reads('/')).not.toMatch(LINE);
    const line = (await tocsin(first.folder, 'journal', 'checkpoint')).out.trim();
    expect(line).toMatch(LINE);
    expect(await dan.reads('/')).toContain(line);
    await first.kill();
    await using next = await Tocsin.start({ folder: first.folder });
    const shown = LINE.exec(await (await Officer.signIn(next, 'dan')).reads('/'))?.[0] ?? '';
    expect(shown).toBe(line);
    expect(await tocsin(next.folder, 'journal', 'verify', '--checkpoint', shown)).toMatchObject(OK);
  });

  it('follows the closing of a request, and its line on the page is what verify accepts', async () => {
    const house = await testHouse({ closings: '* * * * * *' });
    try {
      const { shortId } = await house.send(emergency('closed'));
      const [id = ''] = (await house.desk.store.byShortId(shortId))?.requests ?? [];
      const cookie = await signIn(await house.link('dan'));
      const board = async () => (await fetch(house.address, { headers: { cookie } })).text();
      for (const step of ['acknowledge', 'no_further_action'] as const) {
        expect(await act(house.desk, id, step, { text: 'A drill.' }, 'dan')).toMatchObject({ ok: true });
      }
      expect(await board()).not.toMatch(LINE);
      expect(await act(house.desk, id, 'close', {}, 'dan')).toMatchObject({ ok: true });
      const line = await vi.waitFor(async () => {
        const found = LINE.exec(await board());
        expect(found).not.toBeNull();
        return found?.[0] ?? '';
      }, 10_000);
      expect(await tocsin(house.folder, 'journal', 'verify', '--checkpoint', line)).toMatchObject(OK);
      expect((await house.desk.store.heads()).find(({ stream }) => stream === `request/${id}`)?.n).toBeGreaterThan(3);
    } finally {
      await house.stop();
    }
  });
});

async function signIn(link: string): Promise<string> {
  const entered = await fetch(link, { method: 'POST', redirect: 'manual' });
  return entered.headers.get('set-cookie')?.split(';')[0] ?? '';
}
