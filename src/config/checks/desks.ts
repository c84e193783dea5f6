import { parseDuration } from '../duration.ts';
import type { Finding } from '../fault.ts';
import { field, items, type Raw, textOf } from '../raw.ts';
import { shownKey, shownText } from '../secrecy.ts';
import { CLOCK_NAMES, type ClockKey, USUAL_LENGTHS } from '../sections/clocks.ts';
import { FIRST_DESK_LETTERS } from '../sections/desks.ts';
import { methodNames, sameMethods } from './people.ts';
import { type Check, texts, twice, unknown } from './references.ts';
import { memberIds, officerIds } from './tree.ts';

/** Desks have ids and letters of their own, and what they list belongs to them. */
export const checkDesks: Check = (file) => {
  const desks = items(field(file, 'desks'));
  return [
    ...twice(
      desks.map((desk) => field(desk, 'id')),
      'the id of a desk',
    ),
    ...checkLetters(desks),
    ...desks.flatMap((desk) => checkDesk(file, desk)),
  ];
};

function checkDesk(file: Raw, desk: Raw): readonly Finding[] {
  const listed = memberIds(desk);
  const everyone = officerIds(file);
  const members = listed.length === 0 ? everyone : texts(listed);
  const turns = items(field(field(desk, 'rota'), 'order'));
  const inRota = turns.flatMap((turn) => (Array.isArray(turn.value) ? items(turn) : [turn]));
  return [
    ...unknown(listed, everyone, 'an officer'),
    ...twice(listed, 'an officer of this desk'),
    ...unknown(inRota, members, 'an officer', everyone),
    ...turns.flatMap((turn) => twice(items(turn), 'in this turn')),
    ...sameMethods(methodNames(field(desk, 'duty_methods'))),
    ...checkPages(desk),
    ...checkWarnings(field(desk, 'clocks')),
  ];
}

/** Only the first desk may leave its letters out, and only one may say that it has none. */
function checkLetters(desks: readonly Raw[]): readonly Finding[] {
  const taken = new Map<string, string>();
  return desks.flatMap((desk, index): Finding[] => {
    const raw = field(desk, 'letters');
    if (raw.value === undefined && index > 0) {
      return [{ path: raw.path, at: 'key', wrong: 'is missing', expected: 'letters, as there is more than one desk' }];
    }
    const letters = raw.value === undefined ? FIRST_DESK_LETTERS : textOf(raw);
    if (letters === undefined) return [];
    const holder = taken.get(letters);
    taken.set(letters, holder ?? shownKey(textOf(field(desk, 'id')) ?? 'another desk'));
    if (holder === undefined) return [];
    const shown = shownText(letters, raw.path);
    const wrong = letters === '' ? `${holder} has no letters already` : `${shown} are the letters of ${holder}`;
    return [{ path: raw.path, wrong, expected: 'letters that no other desk has' }];
  });
}

function checkPages(desk: Raw): readonly Finding[] {
  const types = items(field(desk, 'channels')).map((channel) => field(channel, 'type'));
  const pages = types.filter((type) => type.value === 'page');
  return pages
    .slice(1)
    .map(({ path }) => ({ path, wrong: 'a second desk page', expected: 'one desk page for each desk' }));
}

function checkWarnings(clocks: Raw): readonly Finding[] {
  return Object.keys(CLOCK_NAMES).flatMap((key): Finding[] => {
    const warning = field(field(clocks, 'warn_before'), key);
    const before = parseDuration(textOf(warning) ?? '');
    const length = parseDuration(textOf(field(clocks, key)) ?? '') ?? USUAL_LENGTHS[key as ClockKey];
    if (before === undefined || before < length) return [];
    return [
      { path: warning.path, wrong: 'the warning comes before the clock begins', expected: 'less than the clock' },
    ];
  });
}
