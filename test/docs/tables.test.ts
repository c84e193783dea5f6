import { describe, expect, it } from 'vitest';
import { MINUTE, rfc3339 } from '../../rota/instant.ts';
import { formatDuration } from '../../src/config/duration.ts';
import { defaultPolicy } from '../../src/config/sections/policy-defaults.ts';
import { ACTIONS } from '../../src/desk/actions.ts';
import { catalogue } from '../../src/locales/catalogue.ts';
import { startClocks } from '../../src/request/clocks.ts';
import { KINDS } from '../../src/request/kinds.ts';
import { ROWS_AFTER_A_DESKS_OWN, ROWS_BEFORE_A_DESKS_OWN } from '../../src/request/triage-table.ts';
import { URGENCIES, type Urgency } from '../../src/request/urgency.ts';
import { messageSchema } from '../../src/web/intake/message-schema.ts';
import { PROBLEMS } from '../../src/web/problem.ts';
import { Night, T0 } from '../paging/night.ts';
import { page, tableIn } from './documents.ts';

const text = catalogue('en');
const bare = (cell = '') => cell.replaceAll('`', '');

describe('the officer’s night', () => {
  it('has every action once, under the words of its button', () => {
    const told = tableIn(page('night.md'), 'action').map(([action, button]) => [bare(action), button]);
    expect(told.toSorted()).toEqual(
      Object.keys(ACTIONS)
        .map((action) => [action, text(`action.${action}`)])
        .toSorted(),
    );
  });

  it('has the clocks as long as they are', () => {
    const hours = (cell = '') => (/(\d+) (min|h)/.exec(cell) ?? []).slice(1).join(' ');
    const settings = { zone: 'UTC', clocks: {} };
    const [preservation] = KINDS;
    const [, ...urgencies] = ['', 'emergency', 'urgent', 'routine', 'test'] as const;
    const lengths = (name: string) =>
      urgencies.map((urgency) => {
        const clock = preservation && startClocks(preservation, urgency, settings, 0).find((one) => one.name === name);
        const minutes = (clock?.dueAt ?? 0) / MINUTE;
        return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
      });
    const rows = tableIn(page('night.md'), 'clock').slice(0, 3);
    expect(rows.map(([, ...cells]) => cells.map(hours))).toEqual(
      ['receipt', 'answer', 'preservation_done'].map(lengths),
    );
  });
});

describe('the urgency table', () => {
  it('has its rows in their order, with what each comes to and whether it yields', () => {
    const told = tableIn(page('urgency.md'), 'row').map(([id, , urgency, yields]) => [id, urgency, yields]);
    const rows = [
      ...ROWS_BEFORE_A_DESKS_OWN.map(({ id, urgency, yields }) => [id, urgency, yields ? 'yes' : 'no']),
      ['', '', 'yes'],
      ...ROWS_AFTER_A_DESKS_OWN.map(({ id, urgency, yields }) => [id, urgency, yields ? 'yes' : 'no']),
    ];
    // Rows that share a number are one row for people.
    expect(told).toEqual(rows.filter(([id], index) => id !== rows[index - 1]?.[0]));
  });
});

describe('paging', () => {
  it('has the default policies', () => {
    const told = tableIn(page('paging.md'), 'urgency');
    const isKnown = (name: string): name is Urgency => URGENCIES.some((urgency) => urgency === name);
    expect(told.map(([urgency]) => urgency).toSorted()).toEqual(URGENCIES.toSorted());
    for (const [urgency = '', ...lengths] of told) {
      if (!isKnown(urgency)) throw new Error(urgency);
      const { steps, progress } = defaultPolicy(urgency, true);
      expect(lengths).toEqual([...steps.map(({ window }) => formatDuration(window)), formatDuration(progress)]);
    }
  });

  it('has a timeline that happens so', () => {
    const told = tableIn(page('paging.md'), 'minute').flatMap(([minute, , who = '']) =>
      (who === '' ? [] : who.split(', ')).map((name) => `${minute} ${name}`),
    );
    const people = { onDuty: ['dan'], everyone: ['ana', 'dan', 'eva'], head: ['ana'] };
    const night = new Night(defaultPolicy('emergency', true).steps, people).page('dan', 'pager', 'handed_over').at(17);
    night.tell({ type: 'request.acknowledged/1', data: { by: 'eva', progressDueAt: rfc3339(T0 + 47 * MINUTE) } });
    const rung = night.at(52).rung.map((line) => line.replace('/pager', '').replace('#page', 'the channel'));
    expect(rung).toEqual(told);
  });
});

describe('intake', () => {
  it('has every refusal with its status', () => {
    const told = tableIn(page('intake.md'), 'status').map(([status, code]) => [bare(code), Number(status)]);
    expect(Object.fromEntries(told)).toEqual(PROBLEMS);
  });

  it('has every field of a request, and an example that is one', () => {
    const named = tableIn(page('intake.md'), 'field').flatMap(([fields = '']) => fields.split(', ').map(bare));
    expect(named.toSorted()).toEqual(Object.keys(messageSchema.shape).toSorted());
    const [, body = ''] = /-d '(\{.*?\})'$/ms.exec(page('intake.md')) ?? [];
    expect(messageSchema.safeParse(JSON.parse(body)).success).toBe(true);
  });
});
