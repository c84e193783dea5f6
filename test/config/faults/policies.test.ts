import { fileWith } from '../files.ts';
import { eachFault } from './each-fault.ts';

const policy = (urgency: string, steps: string) => `    policies:\n      ${urgency}: { steps: [${steps}] } #!\n`;
const inDesk = (desk: string) => fileWith({ desk });

eachFault('policies and rows of the urgency table', [
  {
    name: 'a policy without steps',
    text: inDesk(policy('emergency', '')),
    path: 'desks[0].policies.emergency.steps',
    wrong: /the list is empty/,
  },
  {
    name: 'a step that pages nobody',
    text: inDesk(policy('urgent', '{ page: [], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page',
    wrong: /the list is empty/,
  },
  {
    name: 'an urgency that does not exist',
    text: inDesk(policy('emergancy', '{ page: on_duty, window: 5m }')),
    path: 'desks[0].policies.emergancy',
    wrong: /not known/,
    nearest: 'emergency',
  },
  {
    name: 'a target that does not exist',
    text: inDesk(policy('urgent', '{ page: on_dutty, window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page',
    wrong: /"on_dutty" is not a/,
    nearest: 'on_duty',
  },
  {
    name: 'a target with two names',
    text: inDesk(policy('urgent', '{ page: [{ officer: ana, role: head }], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page[0]',
    wrong: /is not a single target/,
  },
  {
    name: 'a target of a kind that does not exist',
    text: inDesk(policy('urgent', '{ page: [{ oficer: ana }], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page[0].oficer',
    wrong: /not known/,
    nearest: 'officer',
  },
  {
    name: 'a step that pages an officer who does not exist',
    text: inDesk(policy('urgent', '{ page: { officer: anna }, window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page.officer',
    wrong: /"anna" is not an officer/,
    nearest: 'ana',
  },
  {
    name: 'a step that pages an officer of another desk',
    text: inDesk(`    officers: [ana, dan]\n${policy('urgent', '{ page: { officer: eva }, window: 5m }')}`),
    path: 'desks[0].policies.urgent.steps[0].page.officer',
    wrong: /"eva" is not an officer of this desk/,
  },
  {
    name: 'a step that pages a role that nobody has',
    text: inDesk(policy('urgent', '{ page: [{ role: haed }], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page[0].role',
    wrong: /"haed" is not a role/,
    nearest: 'head',
  },
  {
    name: 'a step that pages a channel that does not exist',
    text: inDesk(policy('urgent', '{ page: [{ channel: pages }], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page[0].channel',
    wrong: /"pages" is not a channel/,
    nearest: 'page',
  },
  {
    name: 'a step that pages a desk that does not exist',
    text: inDesk(policy('urgent', '{ page: [{ desk: nite }], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page[0].desk',
    wrong: /"nite" is not another desk/,
  },
  {
    name: 'a desk that pages itself',
    text: inDesk(policy('urgent', '{ page: [{ desk: ncp }], window: 5m }')),
    path: 'desks[0].policies.urgent.steps[0].page[0].desk',
    wrong: /"ncp" is not another desk/,
  },
  {
    name: 'a wait of more than a day in an emergency',
    text: inDesk(policy('emergency', '{ page: everyone, window: 25h }')),
    path: 'desks[0].policies.emergency.steps[0].window',
    wrong: /25h is too long for an emergency/,
  },
  {
    name: 'a wait of more than a day in a row that is an emergency',
    text: inDesk('    policies:\n      rows:\n        "2": { steps: [{ page: everyone, window: 25h }] } #!\n'),
    path: 'desks[0].policies.rows["2"].steps[0].window',
    wrong: /too long for an emergency/,
  },
  {
    name: 'a policy of a row that does not exist',
    text: inDesk('    policies:\n      rows:\n        6b: { steps: [{ page: everyone, window: 5m }] } #!\n'),
    path: 'desks[0].policies.rows["6b"]',
    wrong: /6b is no row/,
    nearest: '6',
  },
  {
    name: 'a row without a condition',
    text: inDesk('    urgency_rows:\n      - { id: x, when: {}, urgency: urgent, reason: Because } #!\n'),
    path: 'desks[0].urgency_rows[0].when',
    wrong: /is not a condition/,
  },
  {
    name: 'a row with a ground that does not exist',
    text: inDesk('    urgency_rows:\n      - { id: x, when: { ground: lif }, urgency: urgent, reason: Because } #!\n'),
    path: 'desks[0].urgency_rows[0].when.ground',
    wrong: /"lif" is not a ground of urgency/,
    nearest: 'life',
  },
  {
    name: 'a row with a kind that does not exist',
    text: inDesk(
      '    urgency_rows:\n      - { id: x, when: { kind: presevation }, urgency: urgent, reason: Because } #!\n',
    ),
    path: 'desks[0].urgency_rows[0].when.kind',
    wrong: /"presevation" is not a kind of request/,
    nearest: 'preservation',
  },
  {
    name: 'a row for a source that this desk does not have',
    text: inDesk(`    urgency_rows:
      - { id: x, when: { source: [ncb, nbc] }, urgency: urgent, reason: Because } #!
    sources: [{ id: ncb, name: NCB Example, token: { env: TOCSIN_TOKEN_NCB } }]
`),
    path: 'desks[0].urgency_rows[0].when.source[1]',
    wrong: /"nbc" is not a source of this desk/,
    nearest: 'ncb',
  },
  {
    name: 'a row that would make something less urgent',
    text: inDesk('    urgency_rows:\n      - { id: x, when: { country: XX }, urgency: routine, reason: Because } #!\n'),
    path: 'desks[0].urgency_rows[0].urgency',
    wrong: /"routine" is not an urgency/,
  },
  {
    name: 'a row with a word that cannot be looked for',
    text: inDesk('    urgency_rows:\n      - { id: x, when: { word: "---" }, urgency: urgent, reason: Because } #!\n'),
    path: 'desks[0].urgency_rows[0].when.word',
    wrong: /"---" is not a word to look for/,
  },
  {
    name: 'a keyword that cannot be looked for',
    text: inDesk('    keywords: { emergency: [bomb, "threat …"] } #!\n'),
    path: 'desks[0].keywords.emergency[1]',
    wrong: /"threat …" is not a word to look for/,
  },
  {
    name: 'two rows of one id',
    text: inDesk(`    urgency_rows:
      - { id: x, when: { country: XX }, urgency: urgent, reason: Because }
      - { id: x, when: { country: YY }, urgency: urgent, reason: Because } #!
`),
    path: 'desks[0].urgency_rows[1].id',
    wrong: /twice/,
  },
]);
