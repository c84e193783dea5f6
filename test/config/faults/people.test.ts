import { fileWith } from '../files.ts';
import { eachFault } from './each-fault.ts';

const officer = (keys: string) => fileWith({ officers: `officers:\n  - { id: ana, name: Ana, ${keys} } #!\n` });
const inDesk = (desk: string) => fileWith({ desk });

eachFault('officers and their methods', [
  {
    name: 'a telephone number without quotes',
    text: officer('methods: [{ type: sms, address: +15550101 }]'),
    path: 'officers[0].methods[0].address',
    wrong: /"\+15550101"/,
  },
  {
    name: 'a telephone number with blanks',
    text: officer('methods: [{ type: sms, address: "+1 555 0101" }]'),
    path: 'officers[0].methods[0].address',
    wrong: /is not a telephone number/,
    nearest: '+15550101',
  },
  {
    name: 'a mail address that is none',
    text: officer('methods: [{ type: mail, address: ana }]'),
    path: 'officers[0].methods[0].address',
    wrong: /"ana" is not a mail address/,
  },
  {
    name: 'a method of a type that does not exist',
    text: officer('methods: [{ type: pagr }]'),
    path: 'officers[0].methods[0].type',
    wrong: /"pagr" is not a type of method/,
    nearest: 'pager',
  },
  {
    name: 'two methods of one name',
    text: officer('methods: [{ type: pager }, { type: pager }]'),
    path: 'officers[0].methods[1].type',
    wrong: /twice/,
  },
  {
    name: 'a rule for a method that does not exist',
    text: officer('rules: { urgent: [{ method: pagr }] }'),
    path: 'officers[0].rules.urgent[0].method',
    wrong: /"pagr" is not a method/,
    nearest: 'pager',
  },
  {
    name: 'a pager as a method of the duty',
    text: inDesk('    duty_methods: [{ type: pager }] #!\n'),
    path: 'desks[0].duty_methods[0].type',
    wrong: /"pager"/,
  },
  {
    name: 'an officer given twice',
    text: fileWith({ officers: 'officers:\n  - { id: ana, name: A }\n  - { id: ana, name: B } #!\n' }),
    path: 'officers[1].id',
    wrong: /"ana" is the id of an officer twice/,
  },
  {
    name: 'an officer twice in one desk',
    text: inDesk('    officers: [ana, { id: ana, role: head }] #!\n'),
    path: 'desks[0].officers[1].id',
    wrong: /twice/,
  },
]);
