import { HOUR, type Instant, SECOND } from '../../rota/instant.ts';
import type { Change, Step } from '../../src/ports/steps.ts';
import type { Store } from '../../src/ports/store.ts';
import { key, type Tables } from '../../src/store/memory/tables.ts';
import type { Random } from './random.ts';

export type Harm = { readonly random: Random; readonly tables: Tables; readonly now: () => Instant };

/** A house that breaks a promise now and then, so that the checker is seen to find it. */
export type Fault = {
  readonly promise: number;
  readonly what: string;
  readonly harm: (store: Store, harm: Harm) => Store;
};

export const FAULTS: Readonly<Record<string, Fault>> = {
  'forgets-an-alarm': {
    promise: 1,
    what: 'an alarm of a request is not armed',
    harm: (store, { random }) =>
      onSave(store, (change) => {
        const { alarms } = change;
        if (alarms === undefined || !random.happens(0.003)) return change;
        return { ...change, alarms: alarms.filter(({ kind }) => kind === 'clock') };
      }),
  },
  'waits-too-long': {
    promise: 1,
    what: 'an alarm is armed for ten hours later',
    harm: (store, { random }) =>
      onSave(store, (change) => {
        const { alarms } = change;
        if (alarms === undefined || !random.happens(0.003)) return change;
        return { ...change, alarms: alarms.map((alarm) => ({ ...alarm, dueAt: alarm.dueAt + 10 * HOUR })) };
      }),
  },
  'answers-before-it-keeps': {
    promise: 2,
    what: 'a sender is told "received" and the transaction is rolled back',
    harm: (store, { random }) => ({
      ...store,
      step: async (owner, work) => {
        if (!owner.startsWith('register/') || !random.happens(0.02)) return store.step(owner, work);
        return rolledBack(store, owner, work);
      },
    }),
  },
  'stalls-claims': {
    promise: 3,
    what: 'nothing is claimed for ten seconds',
    harm: (store, { random, now }) => {
      let until = 0;
      return {
        ...store,
        claimDeliveries: async (...claiming) => {
          if (now() >= until && random.happens(0.01)) until = now() + 10 * SECOND;
          return now() < until ? [] : store.claimDeliveries(...claiming);
        },
      };
    },
  },
  'rings-late': {
    promise: 3,
    what: 'due alarms are overlooked for three seconds',
    harm: (store, { random, now }) => {
      let until = 0;
      return {
        ...store,
        dueAlarms: async (...asked) => {
          if (now() >= until && random.happens(0.002)) until = now() + 3 * SECOND;
          return now() < until ? [] : store.dueAlarms(...asked);
        },
      };
    },
  },
  'pages-after-the-acknowledgement': {
    promise: 4,
    what: 'an acknowledgement cancels no page, and the claim does not look at it',
    harm: (store, { random }) =>
      onSave(store, (change) => {
        const { request } = change;
        if (request?.status !== 'acknowledged' || !random.happens(0.2)) return change;
        return { ...change, cancelPages: false, request: { ...request, wantsPages: true } };
      }),
  },
  'acknowledges-twice': {
    promise: 5,
    what: 'an acknowledgement is saved twice',
    harm: (store, { random }) => onSave(store, twice('request.acknowledged/1', random)),
  },
  'takes-a-step-twice': {
    promise: 5,
    what: 'the step of an alarm is taken twice',
    harm: (store, { random }) => onSave(store, twice('step.rang/1', random)),
  },
  'changes-an-entry': {
    promise: 10,
    what: 'a journal entry is changed in place',
    harm: (store, { random, tables }) =>
      onSave(store, (change) => {
        const row = random.happens(0.002) ? tables.journalEntry.get(key(change.stream, 1)) : undefined;
        if (row !== undefined) tables.journalEntry.put({ ...row, body: row.body.replace('"at":"2', '"at":"1') });
        return change;
      }),
  },
  'loses-a-content': {
    promise: 10,
    what: 'a piece of case content is kept otherwise than the journal says',
    harm: (store, { random }) =>
      onSave(store, ({ contents, ...change }) => {
        if (contents === undefined) return change;
        const harmed = contents.map((one) => (random.happens(0.01) ? { ...one, bytes: one.salt } : one));
        return { ...change, contents: harmed };
      }),
  },
  'projects-another-owner': {
    promise: 10,
    what: 'the row of a request names another owner than its stream',
    harm: (store, { random }) =>
      onSave(store, (change) => {
        const { request } = change;
        if (request?.owner === undefined || !random.happens(0.01)) return change;
        return { ...change, request: { ...request, owner: `${request.owner}-or-another` } };
      }),
  },
};

/** The store, with each change as `harm` makes it before it is saved. */
function onSave(store: Store, harm: (change: Change) => Change): Store {
  const harmed = (step: Step): Step => ({ ...step, save: (change) => step.save(harm(change)) });
  return { ...store, step: (owner, work) => store.step(owner, (step) => work(harmed(step))) };
}

function twice(type: string, random: Random): (change: Change) => Change {
  return (change) => {
    const { entries } = change;
    if (!random.happens(0.02)) return change;
    return { ...change, entries: entries.flatMap((entry) => (entry.type === type ? [entry, entry] : [entry])) };
  };
}

/** Does the work and keeps nothing of it, but answers as if it had. */
async function rolledBack<T>(store: Store, owner: string, work: (step: Step) => Promise<T>): Promise<T> {
  const undone = new Error('rolled back on purpose');
  let result: { readonly value: T } | undefined;
  await store
    .step(owner, async (step) => {
      result = { value: await work(step) };
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  if (result === undefined) throw undone;
  return result.value;
}
