import { fileWith } from '../files.ts';
import { eachFault } from './each-fault.ts';

const inDesk = (desk: string) => fileWith({ desk });

eachFault('desks and rotas', [
  {
    name: 'a text where yes or no belongs',
    text: inDesk('    lowering: { second_officer: "yes" } #!\n'),
    path: 'desks[0].lowering.second_officer',
    wrong: /"yes" is not true or false/,
  },
  {
    name: 'a type of rota that does not exist',
    text: inDesk('    rota: { type: monthly } #!\n'),
    path: 'desks[0].rota.type',
    wrong: /"monthly" is not a type of rota/,
  },
  {
    name: 'a desk with an officer who does not exist',
    text: inDesk('    officers: [ana, dan, evo] #!\n'),
    path: 'desks[0].officers[2]',
    wrong: /"evo" is not an officer/,
    nearest: 'eva',
  },
  {
    name: 'a rota with an officer who does not exist',
    text: inDesk('    rota: { order: [ana, [dan, evo]] } #!\n'),
    path: 'desks[0].rota.order[1][1]',
    wrong: /"evo" is not an officer/,
    nearest: 'eva',
  },
  {
    name: 'a rota with an officer of another desk',
    text: inDesk('    officers: [ana, dan]\n    rota: { order: [ana, eva] } #!\n'),
    path: 'desks[0].rota.order[1]',
    wrong: /"eva" is not an officer of this desk/,
  },
  {
    name: 'a rota without anybody',
    text: inDesk('    rota: { order: [] } #!\n'),
    path: 'desks[0].rota.order',
    wrong: /the list is empty/,
  },
  {
    name: 'a desk given twice',
    text: inDesk('  - { id: ncp, name: N, letters: "N", time_zone: UTC } #!\n'),
    path: 'desks[1].id',
    wrong: /"ncp" is the id of a desk twice/,
  },
  {
    name: 'a second desk that does not say its letters',
    text: inDesk('  - { id: night, name: N, time_zone: UTC } #!\n'),
    path: 'desks[1].letters',
    wrong: /is missing/,
  },
  {
    name: 'two desks with the same letters, though the first has them by default',
    text: inDesk('  - { id: night, name: N, letters: T, time_zone: UTC } #!\n'),
    path: 'desks[1].letters',
    wrong: /"T" are the letters of ncp/,
  },
  {
    name: 'a second desk without letters',
    text: inDesk('    letters: ""\n  - { id: night, name: N, letters: "", time_zone: UTC } #!\n'),
    path: 'desks[1].letters',
    wrong: /ncp has no letters already/,
  },
  {
    name: 'letters that are none',
    text: inDesk('    letters: t2 #!\n'),
    path: 'desks[0].letters',
    wrong: /"t2" is not the letters of a desk/,
  },
  {
    name: 'a channel of a type that does not exist',
    text: inDesk('    channels: [{ id: page, type: pge }] #!\n'),
    path: 'desks[0].channels[0].type',
    wrong: /"pge" is not a type of channel/,
    nearest: 'page',
  },
  {
    name: 'a desk with two pages',
    text: inDesk('    channels: [{ id: page, type: page }, { id: wall, type: page }] #!\n'),
    path: 'desks[0].channels[1].type',
    wrong: /a second desk page/,
  },
]);
