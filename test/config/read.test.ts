import { describe, expect, test } from 'vitest';
import { formatFaults } from '../../src/config/fault.ts';
import { parseConfig } from '../../src/config/read.ts';
import { applied, ENV, example, faultsOf, fileWith, TOKEN } from './files.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a minimal file', () => {
  const { config, notes, footing } = applied(example('minimal.yaml'));
  const [desk] = config.desks;

  test('is about fifteen lines and needs no note', () => {
    expect(example('minimal.yaml').trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    expect(notes).toEqual([]);
  });

  test('has the letters, hours, page and database that nobody wrote down', () => {
    expect(footing).toEqual({ database: 'file:var/tocsin.db', port: 8420 });
    expect(desk).toMatchObject({
      id: 'ncp',
      letters: 'T',
      timeZone: 'Europe/Bucharest',
      languages: ['en'],
      dutyHours: {
        zone: 'Europe/Bucharest',
        windows: [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '08:00', to: '16:00' }],
      },
      channels: [{ id: 'page', type: 'page', content: 'full' }],
      lowering: { secondOfficer: false },
      clocks: {},
      rowPolicies: {},
    });
  });

  test('has a rota in which the officers take turns', () => {
    expect(desk?.rota).toEqual({
      zone: 'Europe/Bucharest',
      start: '2026-01-05',
      handover: { weekday: 'MO', time: '08:00' },
      participants: [['ana'], ['dan'], ['eva']],
    });
  });

  test('pages the officer on duty, the head, everyone, within the time of an acknowledgement', () => {
    expect(desk?.policies.emergency).toEqual({
      id: 'emergency',
      steps: [
        { targets: [{ kind: 'on_duty' }], window: 5 * MINUTE },
        { targets: [{ kind: 'role', role: 'head' }], window: 5 * MINUTE },
        { targets: [{ kind: 'everyone' }], window: 5 * MINUTE },
      ],
      roundMin: MINUTE,
      progress: 30 * MINUTE,
      counts: 'always',
    });
    expect(desk?.policies.urgent).toMatchObject({ progress: 2 * HOUR, counts: 'always' });
    expect(desk?.policies.routine).toMatchObject({ progress: 8 * HOUR, counts: 'duty_hours' });
    const ladder = desk?.policies.urgent.steps.map(({ window }) => window) ?? [];
    expect(ladder.reduce((sum, window) => sum + window, 0)).toBe(30 * MINUTE);
  });

  test('keeps the token of its source only as SHA-256', () => {
    expect(desk?.sources).toMatchObject([{ id: 'ncb', known: true, tests: false }]);
    expect(desk?.sources[0]?.tokenSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(config)).not.toContain(TOKEN);
  });
});

describe('the example', () => {
  const { config, footing } = applied(example('tocsin.yaml'));
  const [ncp, night] = config.desks;

  test('is read without a fault', () => {
    expect(config.desks.map(({ id, letters }) => [id, letters])).toEqual([
      ['ncp', 'T'],
      ['night', 'N'],
    ]);
    expect(footing.port).toBe(8420);
  });

  test('names methods by their owner', () => {
    expect(config.officers[2]?.methods).toEqual([
      { id: 'eva/pager', officer: 'eva', type: 'pager', address: 'eva' },
      { id: 'eva/sms', officer: 'eva', type: 'sms', address: '+15550103' },
      { id: 'eva/sms-home', officer: 'eva', type: 'sms', address: '+15550113' },
    ]);
    expect(ncp?.dutyMethods).toEqual([{ id: 'duty/ncp/sms', type: 'sms', address: '+15550100' }]);
    expect(config.officers[0]?.rules.emergency).toEqual([
      { method: 'ana/pager', after: 0 },
      { method: 'ana/sms', after: MINUTE },
      { method: 'ana/voice', after: 2 * MINUTE, every: 2 * MINUTE },
    ]);
  });

  test('has every kind of target', () => {
    expect(ncp?.policies.emergency.steps.map(({ targets }) => targets)).toEqual([
      [{ kind: 'on_duty' }],
      [{ kind: 'role', role: 'head' }],
      [{ kind: 'everyone' }, { kind: 'channel', channel: 'page' }, { kind: 'desk', desk: 'night' }],
    ]);
    expect(ncp?.rowPolicies['5']).toMatchObject({ id: 'row-5', counts: 'always', progress: 2 * HOUR });
    expect(night?.officers).toContainEqual({ id: 'filip', role: 'head' });
  });

  test('departs from some clocks and adds a row to the urgency table', () => {
    expect(ncp?.clocks).toEqual({
      answer: { length: 8 * HOUR, warnBefore: 2 * HOUR },
      preservation_done: { length: DAY },
      hold: { length: 90 * DAY, warnBefore: 7 * DAY },
    });
    expect(ncp?.urgencyRows).toEqual([
      {
        id: 'banks',
        when: { countries: ['XX', 'YY'], words: ['recall', 'wire & transfer'] },
        urgency: 'urgent',
        reason: 'A transfer can be recalled for a few hours only',
      },
    ]);
  });

  test('limits pages as it says, and by the defaults where it says nothing', () => {
    expect(config.limits).toEqual({
      pager: [],
      sms: [{ max: 5, within: 15 * MINUTE }],
      voice: [{ max: 3, within: 15 * MINUTE }],
      mail: [{ max: 10, within: 15 * MINUTE }],
    });
  });
});

describe('defaults', () => {
  test('a desk without a head pages everyone in the place of the head', () => {
    const { policies } = applied(fileWith({})).config.desks[0] ?? {};

    expect(policies?.emergency.steps).toEqual([
      { targets: [{ kind: 'on_duty' }], window: 5 * MINUTE },
      { targets: [{ kind: 'everyone' }], window: 10 * MINUTE },
    ]);
  });

  test('a policy that says only some things has the others from its urgency', () => {
    const { policies } =
      applied(fileWith({ desk: '    policies: { urgent: { progress: 1h } }\n' })).config.desks[0] ?? {};

    expect(policies?.urgent).toMatchObject({ progress: HOUR, roundMin: MINUTE });
    expect(policies?.urgent.steps).toHaveLength(2);
  });

  test("the policy of a desk's own row counts like the urgency of that row", () => {
    const desk = `    urgency_rows: [{ id: advice, when: { kind: other }, urgency: urgent, reason: Advice }]
    policies: { rows: { advice: { progress: 4h }, "11": { progress: 2h } } }
`;
    const { rowPolicies } = applied(fileWith({ desk })).config.desks[0] ?? {};

    expect(rowPolicies?.['advice']).toMatchObject({
      id: 'row-advice',
      counts: 'always',
      roundMin: MINUTE,
      progress: 4 * HOUR,
    });
    expect(rowPolicies?.['11']).toMatchObject({ id: 'row-11', counts: 'duty_hours', progress: 2 * HOUR });
  });

  test('a key without a value is a key that is not there', () => {
    expect(applied(fileWith({ top: 'web:\nlimits:\n', desk: '    rota:\n    sources:\n' })).config).toEqual(
      applied(fileWith({})).config,
    );
  });

  test('the first desk may have no letters at all', () => {
    expect(applied(fileWith({ desk: '    letters: ""\n' })).config.desks[0]?.letters).toBe('');
  });
});

describe('all faults at once', () => {
  test('a file with ten faults gives ten, in the order of their lines', () => {
    const text = `databse: file:x
web: { port: no }
officers:
  - { id: ana, name: Ana, languages: [english] }
  - { id: ana, name: Dan }
desks:
  - id: ncp
    name: N
    time_zone: Mars/Olympus
    officers: [ana, bob]
    rota: { handover: { weekday: MO, time: 8 } }
    policies:
      emergency: { steps: [] }
      urgent: { steps: [{ page: [{ role: haed }], window: 5 }] }
`;
    expect(faultsOf(text).map(({ line, path }) => [line, path])).toEqual([
      [1, 'databse'],
      [2, 'web.port'],
      [4, 'officers[0].languages[0]'],
      [5, 'officers[1].id'],
      [9, 'desks[0].time_zone'],
      [10, 'desks[0].officers[1]'],
      [11, 'desks[0].rota.handover.time'],
      [13, 'desks[0].policies.emergency.steps'],
      [14, 'desks[0].policies.urgent.steps[0].page[0].role'],
      [14, 'desks[0].policies.urgent.steps[0].window'],
    ]);
  });

  test('people read file, line, place, what was wrong, what was expected and what was meant', () => {
    const text = fileWith({ desk: '    rota: { handover: { weekday: MOO, time: "08:00" } }\n' });

    expect(formatFaults(faultsOf(text))).toBe(
      'tocsin.yaml:9:34 desks[0].rota.handover.weekday: "MOO" is not a weekday; ' +
        'expected one of MO, TU, WE, TH, FR, SA, SU. Did you mean "MO"?',
    );
  });
});

describe('what the process stands on', () => {
  const footing = (text: string, env = ENV) => parseConfig(text, 'tocsin.yaml', env).footing;

  test('the environment wins over the file', () => {
    const env = { ...ENV, databaseUrl: 'postgresql://u:p@db.example/t', port: 9000 };

    expect(footing(fileWith({ top: 'database: file:x.db\nweb: { port: 1 }\n' }), env)).toEqual({
      database: 'postgresql://u:p@db.example/t',
      port: 9000,
    });
  });

  test('is told even by a faulty file, so that the last revision can be found', () => {
    expect(footing(fileWith({ top: 'database: file:x.db\nnonsense: 1\n' }))).toEqual({
      database: 'file:x.db',
      port: 8420,
    });
    expect(footing('database: file:x.db\nweb: { port: 9000 }\n\tbroken: 1\n')).toEqual({
      database: 'file:x.db',
      port: 9000,
    });
  });

  test('is not guessed where it cannot be seen', () => {
    expect(footing('officers:\n\tdatabase: file:x.db\n')).toEqual({});
    expect(footing(fileWith({ top: 'database: mysql://x\n' }))).toEqual({ port: 8420 });
  });
});
