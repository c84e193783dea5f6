import { expect, test } from 'vitest';
import { Loop, type Rest } from '../../src/engine/loop.ts';

/** Work that says what it is told to, and lets the test wait for each round. */
function rounds(...answers: (Rest | Error)[]) {
  const waiting: (() => void)[] = [];
  let done = 0;
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      waiting.push(() => done >= count && resolve());
      if (done >= count) resolve();
    });
  const work = async (): Promise<Rest> => {
    const answer = answers[done] ?? 60_000;
    done += 1;
    for (const tell of waiting) tell();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { work, reached, count: () => done };
}

test('goes on at once while there is more', async () => {
  const { work, reached } = rounds('more', 'more', 60_000);
  const loop = new Loop(work, () => undefined);
  loop.start();
  await reached(3);
  await loop.stop();
});

test('is woken from its rest', async () => {
  const { work, reached, count } = rounds(60_000, 60_000);
  const loop = new Loop(work, () => undefined);
  loop.start();
  await reached(1);
  expect(count()).toBe(1);
  loop.wake();
  await reached(2);
  await loop.stop();
});

test('a wake during a round is not lost', async () => {
  const { work, reached } = rounds(60_000, 60_000);
  const loop: Loop = new Loop(
    async () => {
      const rest = work();
      loop.wake();
      return rest;
    },
    () => undefined,
  );
  loop.start();
  await reached(2);
  await loop.stop();
});

test('a round that throws is told and does not end the loop', async () => {
  const faults: unknown[] = [];
  const { work, reached } = rounds(new Error('broken'), 60_000);
  const loop = new Loop(work, (error) => faults.push(error));
  loop.start();
  await reached(1);
  loop.wake();
  await reached(2);
  expect(faults).toHaveLength(1);
  await loop.stop();
});

test('stopping waits for the round that runs and begins no other', async () => {
  let end: () => void = () => undefined;
  let count = 0;
  const loop = new Loop(
    () => {
      count += 1;
      return new Promise((resolve) => {
        end = () => resolve('more');
      });
    },
    () => undefined,
  );
  loop.start();
  const stopped = loop.stop();
  end();
  await stopped;
  expect(count).toBe(1);
});
