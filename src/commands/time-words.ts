import type { Weekday } from '../../rota/civil.ts';
import { keyOf } from './tokens.ts';

type Listed<T> = readonly (readonly [T, string])[];

const table = <T>(rows: Listed<T>): ReadonlyMap<string, T> =>
  new Map(rows.flatMap(([value, names]) => names.split(' ').map((name) => [keyOf(name), value] as const)));

/** In English and French, in full and in the usual short forms. */
export const WEEKDAY_NAMES = table<Weekday>([
  ['MO', 'monday mon lundi lun'],
  ['TU', 'tuesday tue tues mardi mar'],
  ['WE', 'wednesday wed mercredi mer'],
  ['TH', 'thursday thu thur thurs jeudi jeu'],
  ['FR', 'friday fri vendredi ven'],
  ['SA', 'saturday sat samedi sam'],
  ['SU', 'sunday sun dimanche dim'],
]);

export const MONTH_NAMES = table<number>([
  [1, 'january jan janvier janv'],
  [2, 'february feb février févr fév'],
  [3, 'march mar mars'],
  [4, 'april apr avril avr'],
  [5, 'may mai'],
  [6, 'june jun juin'],
  [7, 'july jul juillet juil'],
  [8, 'august aug août'],
  [9, 'september sep sept septembre'],
  [10, 'october oct octobre'],
  [11, 'november nov novembre'],
  [12, 'december dec décembre déc'],
]);

/** Days counted from today. */
export const NEAR_DAYS = table<number>([
  [-1, 'yesterday hier'],
  [0, "today aujourd'hui"],
  [1, 'tomorrow demain'],
  [2, 'après-demain overmorrow'],
]);

export const UNITS = table<'minute' | 'hour' | 'day' | 'week'>([
  ['minute', 'm min mins minute minutes'],
  ['hour', 'h hr hrs hour hours heure heures'],
  ['day', 'd j day days jour jours'],
  ['week', 'w week weeks semaine semaines'],
]);

/** Twelve, twice a day. */
export const HOUR_NAMES = table<number>([
  [12, 'noon midi'],
  [0, 'midnight minuit'],
]);

/** What stands between a day and a time and says nothing. */
export const FILLERS: ReadonlySet<string> = new Set(['at', 'on', 'the', 'a', 'le', 'au'].map(keyOf));
