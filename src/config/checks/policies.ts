import { parseDuration } from '../duration.ts';
import type { Finding } from '../fault.ts';
import { nearest } from '../nearest.ts';
import { field, fields, items, oneOrMoreItems, type Raw, textOf } from '../raw.ts';
import { shownKey } from '../secrecy.ts';
import { channels } from '../sections/channels.ts';
import { LONGEST_EMERGENCY_WINDOW } from '../sections/policies.ts';
import { TABLE_ROWS } from '../sections/urgency.ts';
import { type Check, texts, unknown } from './references.ts';
import { channelIds, memberIds, officerIds, roles } from './tree.ts';

/** Policies page whom there is, belong to rows that there are, and let nobody wait for a day in an emergency. */
export const checkPolicies: Check = (file) =>
  items(field(file, 'desks')).flatMap((desk) => {
    const policies = fields(field(desk, 'policies'));
    const byUrgency = policies.filter(({ key }) => key !== 'rows');
    const byRow = policies.filter(({ key }) => key === 'rows').flatMap(fields);
    const urgencies: Readonly<Record<string, unknown>> = { ...TABLE_ROWS, ...deskRows(desk) };
    const emergencies = [
      ...byUrgency.filter(({ key }) => key === 'emergency'),
      ...byRow.filter(({ key }) => urgencies[key] === 'emergency'),
    ];
    return [
      ...checkTargets(file, desk, [...byUrgency, ...byRow].flatMap(steps)),
      ...byRow
        .filter(({ key }) => !Object.hasOwn(urgencies, key))
        .map((row) => unknownRow(row, Object.keys(urgencies))),
      ...emergencies.flatMap(steps).flatMap(checkWindow),
    ];
  });

function steps(policy: Raw): readonly Raw[] {
  return items(field(policy, 'steps'));
}

/** Id and urgency of the rows that the desk adds. */
function deskRows(desk: Raw): Readonly<Record<string, unknown>> {
  const rows = items(field(desk, 'urgency_rows'));
  return Object.fromEntries(rows.map((row) => [textOf(field(row, 'id')) ?? '', field(row, 'urgency').value]));
}

function checkTargets(file: Raw, desk: Raw, allSteps: readonly Raw[]): readonly Finding[] {
  const targets = allSteps.flatMap((step) => oneOrMoreItems(field(step, 'page')));
  const named = (key: string) => targets.map((target) => field(target, key));
  const everyone = officerIds(file);
  const members = memberIds(desk);
  const own = textOf(field(desk, 'id'));
  const allDesks = texts(items(field(file, 'desks')).map((one) => field(one, 'id')));
  const otherDesks = allDesks.filter((id) => id !== own);
  return [
    ...unknown(named('officer'), members.length === 0 ? everyone : texts(members), 'an officer', everyone),
    ...unknown(named('role'), roles(desk), 'a role that anybody in this desk has'),
    ...unknown(named('channel'), channelsOf(desk), 'a channel'),
    ...unknown(named('desk'), otherDesks, 'another desk'),
  ];
}

/** With the desk page, which is there without being listed. */
function channelsOf(desk: Raw): readonly string[] {
  const listed = items(field(desk, 'channels'));
  const hasPage = listed.some((channel) => field(channel, 'type').value === 'page');
  return [...texts(channelIds(desk)), ...(hasPage ? [] : channels([]).map(({ id }) => id))];
}

function unknownRow({ path, key }: Raw & { readonly key: string }, rows: readonly string[]): Finding {
  const wrong = `${shownKey(key)} is no row of the urgency table`;
  return { path, at: 'key', wrong, expected: `one of ${rows.join(', ')}`, nearest: nearest(key, rows) };
}

function checkWindow(step: Raw): readonly Finding[] {
  const window = field(step, 'window');
  if ((parseDuration(textOf(window) ?? '') ?? 0) <= LONGEST_EMERGENCY_WINDOW) return [];
  return [{ path: window.path, wrong: `${textOf(window)} is too long for an emergency`, expected: 'at most 24h' }];
}
