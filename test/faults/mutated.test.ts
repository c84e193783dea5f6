import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { Receipt } from '../../src/web/intake/answer-schema.ts';
import { Random } from '../simulation/random.ts';
import { tocsin as command, Tocsin } from '../support/process.ts';
import { emergency, officers } from '../support/story-desk.ts';
import { type Mutated, mutatedForm, mutatedJson, mutatedMail } from './mutations.ts';

const MESSAGES = 10_000;
const AT_ONCE = 16;
/** A source may send 60 messages a minute. */
const SOURCES = 250;
const tokenOf = (index: number) => `token-of-the-source-${index % SOURCES}-51c0de`;

/** Whatever is sent, one of these comes back: taken, there already, or refused with what was wrong. */
const ANSWERS = new Set([200, 201, 400, 409, 413]);

const MAILS = new URL('../mail/', import.meta.url);
const samples = readdirSync(MAILS).map((name) => readFileSync(new URL(name, MAILS)));

/** Nobody can be paged here and nothing is due for a day: what is tried is the intake. */
function quietDesk(): string {
  const sources = Array.from({ length: SOURCES }, (_, index) => {
    const hash = createHash('sha256').update(tokenOf(index)).digest('hex');
    return `\n      - { id: ncb-${index}, name: NCB ${index} of Examplia, token_sha256: ${hash} }`;
  });
  const policies = ['emergency', 'urgent'].map(
    (one) => `${one}: { steps: [{ page: on_duty, window: 1d }], round_min: 1d }`,
  );
  return `${officers({ id: 'ana', methods: '' })}desks:
  - id: ncp
    name: A quiet desk
    time_zone: UTC
    policies: { ${policies.join(', ')} }
    sources:${sources.join('')}
`;
}

it('answers ten thousand mutated bodies, forms and mails, never with a fault, and works on', {
  timeout: 240_000,
}, async () => {
  const random = new Random(Number(process.env['SEED'] ?? 1_656_630_369));
  console.log(`mutated.test.ts: SEED=${random.seed}`);
  await using desk = await Tocsin.start({ yaml: quietDesk() });
  const histogram = new Map<number, number>();
  const wrong: string[] = [];
  const taken: string[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < MESSAGES; index = next++) {
      const mutated = messageOf(index, random.fork(`message ${index}`));
      const answer = await send(desk, index, mutated).catch((error: unknown) => ({ status: 0, text: String(error) }));
      histogram.set(answer.status, (histogram.get(answer.status) ?? 0) + 1);
      if (answer.status === 201) taken.push((JSON.parse(answer.text) as Receipt).reference);
      if (!ANSWERS.has(answer.status) || !isClear(answer)) {
        wrong.push(`message ${index} (${mutated.how}): ${answer.status} ${answer.text.slice(0, 300)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  console.log(`${MESSAGES} messages, by status: ${JSON.stringify(Object.fromEntries(histogram))}`);
  expect(wrong).toEqual([]);
  expect(taken.length).toBeGreaterThan(MESSAGES / 10);

  // Cards come after everything else: those of thousands of requests are still being brought up to date.
  const isReady = async () => expect((await desk.fetch('/readyz')).text).toContain('"ready":true');
  await vi.waitFor(isReady, { timeout: 60_000, interval: 200 });
  const last = await desk.send(emergency('after-all'), { authorization: `Bearer ${tokenOf(0)}` });
  const numbers = [...taken, last.reference].map((reference) => Number(reference.split('-')[2])).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  const { out } = await command(desk.folder, 'journal', 'verify');
  expect(out).toMatch(/^ok: /);
  expect((await desk.stop()).code).toBe(0);
  expect(desk.said).not.toMatch(/"level":"(error|fatal)"/);
});

function messageOf(index: number, random: Random): Mutated {
  const name = `${random.seed}-${index}`;
  const kind = random.weighted({ json: 70, form: 10, mail: 20 });
  if (kind === 'mail') return mutatedMail(samples, random);
  return kind === 'form' ? mutatedForm(name, random) : mutatedJson(name, random);
}

async function send(desk: Tocsin, index: number, { type, bytes }: Mutated): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${tokenOf(index)}`, 'content-type': type };
  return desk.fetch('/api/v1/requests', { method: 'POST', headers, body: new Uint8Array(bytes) });
}

/** A refusal says what was wrong; a receipt says under which reference it is kept. */
function isClear({ status, text }: { readonly status: number; readonly text: string }): boolean {
  const answer = JSON.parse(text) as Partial<Receipt> & { error?: { message?: string; faults?: unknown[] } };
  if (status < 300) return answer.reference !== undefined && answer.shortId !== undefined;
  return answer.error?.message !== undefined && (status !== 400 || (answer.error.faults ?? []).length > 0);
}
