import { expect, test } from 'vitest';
import { DAY, rfc3339 } from '../../rota/instant.ts';
import type { RequestEntry } from '../../src/request/entries.ts';
import { ackBy, MINUTES, Night, T0 } from './night.ts';

const DUE = T0 + 8 * DAY;
const HOLD: RequestEntry = {
  type: 'hold.started/1',
  data: {
    effectiveAt: rfc3339(T0),
    clock: { name: 'hold', startAt: rfc3339(T0), dueAt: rfc3339(DUE), warnAt: rfc3339(T0 + DAY) },
    progressDueAt: rfc3339(T0 + MINUTES(30)),
  },
};
const ANSWERED: RequestEntry = {
  type: 'request.concluded/1',
  data: { outcome: { result: 'answered', channel: 'mail', sentAt: rfc3339(T0) }, text: { content: 'c', sha256: '00' } },
};

test('the end of a hold is announced for one window, although days are left, and tried until it has come', () => {
  const rules = { dan: { urgent: [{ method: 'voice', after: 0, every: MINUTES(2) }] } };
  const methods = { dan: ['voice'] };
  const steps = [{ targets: [{ kind: 'on_duty' as const }], window: MINUTES(5) }];
  const night = new Night(steps, { onDuty: ['dan'], everyone: ['dan'], rules, methods }, 'urgent');
  night.tell(ackBy('dan'), HOLD, ANSWERED).at(DAY / MINUTES(1));
  const warning = night.entries.find((entry) => entry.type === 'clock.warned/1');
  const warned = T0 + DAY;
  expect(warning?.data).toMatchObject({
    clock: 'hold',
    pages: [0, 2, 4].map((wait) => ({
      officer: 'dan',
      dueAt: rfc3339(warned + MINUTES(wait)),
      giveUpAt: rfc3339(DUE),
    })),
  });
});
