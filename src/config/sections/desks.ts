import { z } from 'zod';
import type { Urgency } from '../../request/urgency.ts';
import type { Desk, Member } from '../config.ts';
import { id, language, name, text, zone } from '../leaves.ts';
import { channels, channelsSection } from './channels.ts';
import { clocks, clocksSection } from './clocks.ts';
import { dutyHours, dutyHoursSection } from './duty-hours.ts';
import { dutyMethods, dutyMethodsSection } from './methods.ts';
import { policies, policiesSection, rowPolicies } from './policies.ts';
import { rota, rotaSection } from './rota.ts';
import { sources, sourcesSection } from './sources.ts';
import { keywordsSection, loweringSection, TABLE_ROWS, urgencyRows, urgencyRowsSection } from './urgency.ts';

export const FIRST_DESK_LETTERS = 'T';
export const DEFAULT_ROLE = 'officer';
/** The one role that means something to the rules; nobody needs to have it. */
export const HEAD_ROLE = 'head';

const member = z
  .union([id, z.strictObject({ id, role: id.describe('head, or a word of your own.').prefault(DEFAULT_ROLE) })], {
    error: 'the id of an officer, or { id: ana, role: head }',
  })
  .transform((value): Member => (typeof value === 'string' ? { id: value, role: DEFAULT_ROLE } : value));

const letters = text({
  title: 'the letters of a desk',
  expected: 'one to four capital letters, such as T; "" for references without letters',
  pattern: /^[A-Z]{0,4}$/,
  meant: (value) => (/^[A-Za-z]{1,4}$/.test(value) ? value.toUpperCase() : undefined),
});

const desk = z.strictObject({
  id: id.describe('Short name, unique in the installation; it stays for ever.'),
  name: name.describe('As it stands on pages and cards.'),
  letters: letters
    .describe(`Before the number of its references (T-2026-0042), for ever. Of the first desk: ${FIRST_DESK_LETTERS}.`)
    .optional(),
  time_zone: zone.describe('Where the desk is.'),
  languages: z.array(language).min(1, { error: 'at least one language' }).describe('Of its texts.').prefault(['en']),
  duty_hours: dutyHoursSection,
  officers: z
    .array(member)
    .min(1, { error: 'at least one officer' })
    .describe('Who belongs to the desk. Without it: everyone.')
    .optional(),
  duty_methods: dutyMethodsSection,
  channels: channelsSection,
  rota: rotaSection,
  policies: policiesSection,
  clocks: clocksSection,
  lowering: loweringSection,
  reservations: z
    .array(z.enum(['dual_criminality'], { error: 'dual_criminality' }))
    .describe(
      'Reservations that the Party made: a refusal for want of dual criminality needs one (Convention, Art. 29(4)).',
    )
    .prefault([]),
  keywords: keywordsSection,
  urgency_rows: urgencyRowsSection,
  sources: sourcesSection,
});

export const desksSection = z
  .array(desk)
  .min(1, { error: 'at least one desk' })
  .describe('The teams. Each has its own rota, policies and page.');

/** `tokens` by the name of their environment variable. */
export function desks(
  entries: z.output<typeof desksSection>,
  everyone: readonly string[],
  tokens: Readonly<Record<string, string>>,
): readonly Desk[] {
  return entries.map((entry, index) => {
    const members = entry.officers ?? everyone.map((id) => ({ id, role: DEFAULT_ROLE }));
    const hasHead = members.some(({ role }) => role === HEAD_ROLE);
    const rows = urgencyRows(entry.urgency_rows);
    return {
      id: entry.id,
      name: entry.name,
      letters: entry.letters ?? (index === 0 ? FIRST_DESK_LETTERS : ''),
      timeZone: entry.time_zone,
      languages: entry.languages,
      dutyHours: dutyHours(entry.time_zone, entry.duty_hours),
      officers: members,
      dutyMethods: dutyMethods(entry.id, entry.duty_methods),
      channels: channels(entry.channels),
      rota: rota(
        entry.time_zone,
        entry.rota,
        members.map(({ id }) => id),
      ),
      policies: policies(entry.policies, hasHead),
      rowPolicies: rowPolicies(entry.policies, { ...TABLE_ROWS, ...urgencyOf(rows) }, hasHead),
      clocks: clocks(entry.clocks),
      reservations: entry.reservations,
      lowering: { secondOfficer: entry.lowering.second_officer },
      keywords: entry.keywords,
      urgencyRows: rows,
      sources: sources(entry.sources, tokens),
    };
  });
}

function urgencyOf(rows: Desk['urgencyRows']): Readonly<Record<string, Urgency>> {
  return Object.fromEntries(rows.map(({ id, urgency }) => [id, urgency]));
}
