import { fileWith } from '../files.ts';
import { eachFault } from './each-fault.ts';

const inDesk = (desk: string) => fileWith({ desk });

eachFault('keys and shapes', [
  {
    name: 'a key of the file that is not known',
    text: fileWith({ top: 'databse: file:x #!\n' }),
    path: 'databse',
    wrong: /not known/,
    nearest: 'database',
  },
  {
    name: 'a key inside a group that is not known',
    text: inDesk('    rota:\n      start: 2026-01-05\n      ordr: [ana] #!\n'),
    path: 'desks[0].rota.ordr',
    wrong: /not known/,
    nearest: 'order',
  },
  {
    name: 'a required key that is misspelt, once',
    text: fileWith({ deskStart: 'desks:\n  - id: ncp\n    name: NCP\n    time_zon: UTC #!\n' }),
    path: 'desks[0].time_zon',
    wrong: /not known/,
    nearest: 'time_zone',
  },
  {
    name: 'a key that is not there',
    text: fileWith({ deskStart: 'desks:\n  - id: ncp #!\n    time_zone: UTC\n' }),
    path: 'desks[0].name',
    wrong: /is missing/,
  },
  {
    name: 'a key without a value',
    text: fileWith({ deskStart: 'desks:\n  - id: ncp\n    time_zone: UTC\n    name: #!\n' }),
    path: 'desks[0].name',
    wrong: /has no value/,
  },
  {
    name: 'a list item without a value',
    text: inDesk('    officers:\n      - ana\n      - #!\n'),
    path: 'desks[0].officers[1]',
    wrong: /has no value/,
  },
  {
    name: 'no desk at all',
    text: fileWith({ deskStart: 'desks: [] #!\n' }),
    path: 'desks',
    wrong: /the list is empty/,
  },
  {
    name: 'a key given twice',
    text: inDesk('    languages: [en]\n    rota: {}\n    languages: [fr] #!\n'),
    path: 'desks[0].languages',
    wrong: /line 9 already/,
  },
  {
    name: 'a group where a list belongs',
    text: inDesk('    sources:\n      id: ncb #!\n'),
    path: 'desks[0].sources',
    wrong: /a group of keys/,
  },
  {
    name: 'a list where a text belongs',
    text: fileWith({ top: 'database: [x] #!\n' }),
    path: 'database',
    wrong: /a list/,
  },
  {
    name: 'a text where a number belongs',
    text: fileWith({ top: 'web: { port: http } #!\n' }),
    path: 'web.port',
    wrong: /"http"/,
  },
  {
    name: 'a number out of range',
    text: fileWith({ top: 'web: { port: 84200 } #!\n' }),
    path: 'web.port',
    wrong: /"84200"/,
  },
  {
    name: 'a limit of nothing',
    text: fileWith({ top: 'limits: { sms: [{ max: 0, within: 1m }] } #!\n' }),
    path: 'limits.sms[0].max',
    wrong: /"0"/,
  },
]);
