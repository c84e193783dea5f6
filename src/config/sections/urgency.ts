import { z } from 'zod';
import type { Ground } from '../../request/message.ts';
import { ROWS_AFTER_A_DESKS_OWN, ROWS_BEFORE_A_DESKS_OWN } from '../../request/triage-table.ts';
import type { Urgency } from '../../request/urgency.ts';
import type { UrgencyConditions, UrgencyRow } from '../config.ts';
import { country, id, keyword, name, oneOrMore, yesOrNo } from '../leaves.ts';

const GROUNDS = [
  'life',
  'public_security',
  'custody',
  'data_loss',
  'locate_suspect',
] as const satisfies readonly Ground[];
const ROW_URGENCIES = ['emergency', 'urgent'] as const satisfies readonly Urgency[];

/** The rows of the urgency table by their number, with what each comes to. A policy may belong to one. */
export const TABLE_ROWS: Readonly<Record<string, Urgency>> = Object.fromEntries(
  [...ROWS_BEFORE_A_DESKS_OWN, ...ROWS_AFTER_A_DESKS_OWN].map(({ id, urgency }) => [id, urgency]),
);

const words = z.array(keyword).prefault([]);

export const keywordsSection = z
  .strictObject({
    emergency: words.describe('Words that mean a danger to life.'),
    urgent: words.describe('Words that mean that it cannot wait.'),
  })
  .describe('Words beside those that Tocsin knows, in any language. Case and accents do not count.')
  .prefault({});

const oneOfThe = <const T extends readonly string[]>(title: string, values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` }).meta({ title });

const when = z
  .strictObject({
    kind: oneOrMore(id).optional(),
    ground: oneOrMore(oneOfThe('a ground of urgency', GROUNDS)).optional(),
    country: oneOrMore(country).optional(),
    source: oneOrMore(id).describe('Sources of this desk, by their ids.').optional(),
    word: oneOrMore(keyword).optional(),
  })
  .refine((conditions) => Object.values(conditions).some((values) => values !== undefined), {
    error: 'at least one condition: kind, ground, country, source or word',
  })
  .meta({ title: 'a condition', minProperties: 1 });

export const urgencyRowsSection = z
  .array(
    z.strictObject({
      id: id.describe('For policies.rows and the card.'),
      when: when.describe('All of them must hold; of several values one.'),
      urgency: oneOfThe('an urgency', ROW_URGENCIES),
      reason: name.describe('Shown on the card.'),
    }),
  )
  .describe(
    'Rows that this desk adds to the urgency table, after those for danger to life. They only make more urgent.',
  )
  .prefault([]);

export const loweringSection = z
  .strictObject({
    second_officer: yesOrNo.describe('A second officer must agree before the urgency goes down.').prefault(false),
  })
  .describe('What it takes to lower the urgency of a request.')
  .prefault({});

export function urgencyRows(entries: z.output<typeof urgencyRowsSection>): readonly UrgencyRow[] {
  return entries.map((entry) => ({ ...entry, when: conditions(entry.when) }));
}

function conditions(entry: z.output<typeof when>): UrgencyConditions {
  return {
    ...(entry.kind === undefined ? {} : { kinds: entry.kind }),
    ...(entry.ground === undefined ? {} : { grounds: entry.ground }),
    ...(entry.country === undefined ? {} : { countries: entry.country }),
    ...(entry.source === undefined ? {} : { sources: entry.source }),
    ...(entry.word === undefined ? {} : { words: entry.word }),
  };
}
