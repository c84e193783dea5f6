import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import type { Told } from '../../src/request/entries.ts';
import { evolve } from '../../src/request/evolve.ts';
import type { RequestState } from '../../src/request/state.ts';
import { Random } from '../simulation/random.ts';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder } from '../support/process.ts';
import { StoreCopy } from '../support/store-copy.ts';
import { deskUnderFire, type Kept, type Owned, Traffic } from './traffic.ts';

const KILLS = 50;

it('loses nothing and is never silent, killed at fifty random moments of a busy night', {
  timeout: 600_000,
}, async () => {
  const random = new Random(Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 32)));
  console.log(`kill.test.ts: SEED=${random.seed}`);
  const traffic = new Traffic(random.fork('traffic'));
  const folder = tempFolder();
  let served = 0;
  let left: (() => readonly string[]) | undefined;
  for (let kill = 1; kill <= KILLS; kill++) {
    const starting = Tocsin.launch({ folder, ...(kill === 1 ? { yaml: deskUnderFire() } : {}) });
    // What the last one left is looked at while the next one starts.
    expect(left?.() ?? [], `after kill ${kill - 1}, SEED=${random.seed}`).toEqual([]);
    if (kill % 5 === 0) await after(random.between(50, 900));
    else {
      served++;
      await underFire(await Tocsin.ready(folder, starting), traffic, random);
    }
    starting.child.kill('SIGKILL');
    await starting.ended;
    left = faultsIn(folder, traffic);
  }
  expect(left?.()).toEqual([]);
  expect(traffic.wrong).toEqual([]);
  expect(traffic.kept.size).toBeGreaterThan(40);
  expect(traffic.owned.size).toBeGreaterThan(10);

  await using desk = await Tocsin.start({ folder });
  await everybodyAnswers(desk);
  const { ours, theirs } = await desk.verified();
  const proved = { code: 0, err: '', out: expect.stringMatching(/^ok/) };
  expect([ours, theirs]).toEqual([proved, proved]);
  expect((await desk.stop()).code).toBe(0);
  expect(faultsIn(folder, traffic)()).toEqual([]);
  console.log(
    `${served} starts served, ${traffic.kept.size} requests kept, ${traffic.owned.size} acknowledged, all there`,
  );
});

/** Lets requests come in and officers answer until some random moment. What breaks off with the kill is no fault. */
async function underFire(tocsin: Tocsin, traffic: Traffic, random: Random): Promise<void> {
  traffic.run(tocsin, 5).catch((error: unknown) => traffic.wrong.push(String(error)));
  await Promise.race([traffic.more(random.between(1, 16)), after(2000)]);
  await after(random.between(0, 30));
}

type RequestRow = {
  readonly id: string;
  readonly reference: string;
  readonly shortId: string;
  readonly status: string;
  readonly owner: string | null;
  readonly state: string;
};

/** Copies what a killed process left; the answer says what is wrong with it, as far as senders and officers know. */
function faultsIn(folder: string, { kept, owned }: Traffic): () => readonly string[] {
  const store = new StoreCopy(join(folder, 'var', 'tocsin.db'));
  const known = { kept: [...kept.values()], owned: [...owned.values()] };
  return () => {
    using copy = store;
    const requests = copy.all<RequestRow>(
      'SELECT id, reference, short_id AS shortId, status, owner, state FROM request',
    );
    return [
      ...lost(requests, known),
      ...gaps(requests),
      ...silent(copy, requests),
      ...pagedAfterAcknowledgement(copy),
      ...unequal(copy, requests),
    ];
  };
}

type Known = { readonly kept: readonly Kept[]; readonly owned: readonly Owned[] };

/** Everything that was answered with a reference is there, and whoever was told "it is yours" has it. */
function lost(requests: readonly RequestRow[], { kept, owned }: Known): readonly string[] {
  const byShortId = new Map(requests.map((row) => [row.shortId, row]));
  return [
    ...kept
      .filter(({ shortId, reference }) => byShortId.get(shortId)?.reference !== reference)
      .map(({ reference }) => `${reference} was answered and is lost`),
    ...owned
      .filter(({ shortId, officer }) => byShortId.get(shortId)?.owner !== officer)
      .map(({ shortId, officer }) => `${shortId}: ${officer} was told that it is theirs`),
  ];
}

function gaps(requests: readonly RequestRow[]): readonly string[] {
  const numbers = requests.map(({ reference }) => Number(reference.slice(-4))).sort((a, b) => a - b);
  return numbers.flatMap((number, index) =>
    number === index + 1 ? [] : [`reference ${number} is number ${index + 1}`],
  );
}

function silent(store: StoreCopy, requests: readonly RequestRow[]): readonly string[] {
  const alarms = store.all<{ stream: string; kind: string }>(
    "SELECT stream, kind FROM alarm WHERE kind IN ('escalation', 'progress')",
  );
  const kinds = Map.groupBy(alarms, ({ stream }) => stream);
  const wanted: Readonly<Record<string, string>> = { open: 'escalation', acknowledged: 'progress' };
  return requests.flatMap(({ id, reference, status }) => {
    const armed = (kinds.get(`request/${id}`) ?? []).map(({ kind }) => kind).join();
    return armed === (wanted[status] ?? '') ? [] : [`${reference} is ${status} and has armed: ${armed}`];
  });
}

/** The escalation claims nothing more once the acknowledgement is stored: no page, and no notice that nobody has it. */
function pagedAfterAcknowledgement(store: StoreCopy): readonly string[] {
  return store
    .all<{ reference: string; claimedAt: number; at: number }>(
      `SELECT r.reference, d.claimed_at AS claimedAt, e.at FROM delivery d JOIN request r ON r.id = d.request_id
        JOIN journal_entry e ON e.stream = 'request/' || r.id AND e.type = 'request.acknowledged/1'
        WHERE d.reason IN ('step', 'last_resort') AND d.claimed_at > e.at`,
    )
    .map(({ reference, claimedAt, at }) => `${reference} was paged ${claimedAt - at} ms after its acknowledgement`);
}

/** The row of a request is what its stream comes to. */
function unequal(store: StoreCopy, requests: readonly RequestRow[]): readonly string[] {
  const entries = store.all<{ stream: string; body: string }>(
    'SELECT stream, body FROM journal_entry ORDER BY stream, n',
  );
  const streams = Map.groupBy(entries, ({ stream }) => stream);
  return requests.flatMap(({ id, reference, state }) => {
    const told = (streams.get(`request/${id}`) ?? []).map(({ body }) => JSON.parse(body) as Told & { at: string });
    const folded = told.reduce<RequestState | undefined>(
      (so, entry) => evolve(so, { ...entry, at: Date.parse(entry.at) } as Told),
      undefined,
    );
    return JSON.stringify(folded) === state ? [] : [`the row of ${reference} is not what its stream says`];
  });
}

/** Every request that is still open rings within a round, and stops ringing once somebody has it. */
async function everybodyAnswers(desk: Tocsin): Promise<void> {
  const officers = await Promise.all(['dan', 'ana', 'eva'].map((id) => Officer.signIn(desk, id)));
  const pagers = await Promise.all(officers.map((officer) => officer.pager()));
  const [dan] = officers;
  const answered = new Set<string>();
  await vi.waitFor(
    async () => {
      const ringing = pagers.flatMap(({ heard }) => heard.filter(({ event }) => event === 'page'));
      for (const { shortId } of ringing) {
        if (answered.has(shortId)) continue;
        if ((await dan?.presses('ack', shortId))?.settled) answered.add(shortId);
      }
      expect(await dan?.reads('/')).toContain('Nothing is waiting.');
    },
    { timeout: 30_000, interval: 100 },
  );
}
