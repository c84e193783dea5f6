import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../rota/instant.ts';
import { type ClockStep, steadyClock } from '../../src/engine/steady-clock.ts';

const T0 = Date.UTC(2026, 5, 1);

function clocks() {
  const steps: ClockStep[] = [];
  const time = { wall: T0, monotonic: 0 };
  const clock = steadyClock(
    () => time.wall,
    () => time.monotonic,
    (step) => steps.push(step),
  );
  const pass = (duration: number) => {
    time.wall += duration;
    time.monotonic += duration;
  };
  return { clock, time, pass, steps };
}

test('time passes as the monotonic clock does', () => {
  const { clock, pass } = clocks();
  pass(5 * MINUTE);
  expect(clock.now()).toBe(T0 + 5 * MINUTE);
});

test('a step back of the wall clock is not followed, and told once', () => {
  const { clock, time, pass, steps } = clocks();
  pass(MINUTE);
  time.wall -= HOUR;
  expect(clock.now()).toBe(T0 + MINUTE);
  pass(SECOND);
  expect(clock.now()).toBe(T0 + MINUTE + SECOND);
  expect(steps).toEqual([{ at: T0 + MINUTE, by: -HOUR }]);
});

test('a step forward is followed: a machine that slept is not late', () => {
  const { clock, time, pass, steps } = clocks();
  pass(MINUTE);
  time.wall += HOUR;
  expect(clock.now()).toBe(T0 + MINUTE + HOUR);
  expect(steps).toEqual([{ at: T0 + MINUTE, by: HOUR }]);
});

test('it never goes back', () => {
  const { clock, time, pass } = clocks();
  let last = clock.now();
  for (const step of [SECOND, -5 * SECOND, HOUR, -2 * HOUR, MINUTE]) {
    time.wall += step;
    pass(SECOND);
    const now = clock.now();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});
