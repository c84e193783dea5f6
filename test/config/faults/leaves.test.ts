import { fileWith } from '../files.ts';
import { eachFault } from './each-fault.ts';

const inDesk = (desk: string) => fileWith({ desk });

eachFault('times, names and numbers', [
  {
    name: 'an id that is none',
    text: fileWith({ deskStart: 'desks:\n  - id: Night Desk #!\n    name: N\n    time_zone: UTC\n' }),
    path: 'desks[0].id',
    wrong: /"Night Desk" is not an id/,
    nearest: 'night-desk',
  },
  {
    name: 'a language that is none',
    text: inDesk('    languages: [english] #!\n'),
    path: 'desks[0].languages[0]',
    wrong: /"english" is not a language/,
  },
  {
    name: 'a time zone that does not exist',
    text: fileWith({ deskStart: 'desks:\n  - id: ncp\n    name: N\n    time_zone: Europe/Bucarest #!\n' }),
    path: 'desks[0].time_zone',
    wrong: /"Europe\/Bucarest" is not a time zone/,
    nearest: 'Europe/Bucharest',
  },
  {
    name: 'a bare offset for a time zone',
    text: fileWith({ deskStart: 'desks:\n  - id: ncp\n    name: N\n    time_zone: "+02:00" #!\n' }),
    path: 'desks[0].time_zone',
    wrong: /is not a time zone/,
  },
  {
    name: 'a weekday that is none',
    text: inDesk('    rota: { handover: { weekday: MOO, time: "08:00" } } #!\n'),
    path: 'desks[0].rota.handover.weekday',
    wrong: /"MOO" is not a weekday/,
    nearest: 'MO',
  },
  {
    name: 'a weekday in full',
    text: inDesk('    duty_hours: [{ days: [Tuesday], from: "08:00", to: "16:00" }] #!\n'),
    path: 'desks[0].duty_hours[0].days[0]',
    wrong: /"Tuesday"/,
    nearest: 'TU',
  },
  {
    name: 'a time of day with one digit',
    text: inDesk('    rota: { handover: { weekday: MO, time: 8:00 } } #!\n'),
    path: 'desks[0].rota.handover.time',
    wrong: /"8:00" is not a time of day/,
    nearest: '08:00',
  },
  {
    name: 'a time of day that is on no clock',
    text: inDesk('    rota: { handover: { weekday: MO, time: "24:10" } } #!\n'),
    path: 'desks[0].rota.handover.time',
    wrong: /"24:10" is not a time of day/,
    nearest: '00:10',
  },
  {
    name: 'a date that is on no calendar',
    text: inDesk('    rota: { start: 2026-02-30 } #!\n'),
    path: 'desks[0].rota.start',
    wrong: /"2026-02-30" is on no calendar/,
  },
  {
    name: 'a date in another form',
    text: inDesk('    rota: { start: 13.05.2026 } #!\n'),
    path: 'desks[0].rota.start',
    wrong: /is not a date/,
    nearest: '2026-05-13',
  },
  {
    name: 'a length of time without a unit',
    text: inDesk('    clocks: { answer: 8 } #!\n'),
    path: 'desks[0].clocks.answer',
    wrong: /"8" is not a length of time/,
  },
  {
    name: 'a length of time in words',
    text: inDesk('    clocks: { answer: 8 hours } #!\n'),
    path: 'desks[0].clocks.answer',
    wrong: /"8 hours" is not a length of time/,
    nearest: '8h',
  },
  {
    name: 'a preservation of less than sixty days',
    text: inDesk('    clocks: { preservation_hold: 59d } #!\n'),
    path: 'desks[0].clocks.preservation_hold',
    wrong: /"59d" is too short/,
  },
  {
    name: 'a warning that would come before its clock begins',
    text: inDesk('    clocks: { answer: 1h, warn_before: { answer: 60m } } #!\n'),
    path: 'desks[0].clocks.warn_before.answer',
    wrong: /before the clock begins/,
  },
]);
