import { z } from 'zod';
import { DAY, HOUR, SECOND } from '../../../rota/instant.ts';
import type { OfficerRules, Rule } from '../../paging/policy.ts';
import type { Officer } from '../config.ts';
import { duration, id, language, name } from '../leaves.ts';
import { methodId, methodsSection, officerMethods } from './methods.ts';

const rule = z.strictObject({
  method: id.describe('Id of one of the methods, or a type such as sms.'),
  after: duration(0, DAY).describe('How long after the step began.').prefault('0m'),
  every: duration(10 * SECOND, 12 * HOUR)
    .describe('Again and again until the window of the step ends.')
    .optional(),
});
const rules = z.array(rule).min(1, { error: 'at least one' }).optional();

const officer = z.strictObject({
  id: id.describe('Short name, unique in the installation; it stays for ever.'),
  name: name.describe('As it stands on cards and in the journal.'),
  languages: z.array(language).describe('What the officer reads.').prefault([]),
  methods: methodsSection,
  rules: z
    .strictObject({ emergency: rules, urgent: rules, routine: rules, test: rules })
    .describe('How the officer wants to be paged. Without rules: the methods in their order.')
    .prefault({}),
  handles: z
    .strictObject({ slack: name.optional(), matrix: name.optional() })
    .describe('Names of the officer in chats.')
    .prefault({}),
});

export const officersSection = z
  .array(officer)
  .min(1, { error: 'at least one officer' })
  .describe('Everybody who is ever on duty, once, whatever desks they belong to.');

export function officers(entries: z.output<typeof officersSection>): readonly Officer[] {
  return entries.map((entry) => ({
    id: entry.id,
    name: entry.name,
    languages: entry.languages,
    methods: officerMethods(entry.id, entry.methods),
    rules: officerRules(entry.id, entry.rules),
    handles: Object.fromEntries(Object.entries(entry.handles).filter(isGiven)),
  }));
}

function officerRules(officer: string, entries: z.output<typeof officersSection>[number]['rules']): OfficerRules {
  const given = Object.entries(entries).filter(isGiven);
  return Object.fromEntries(given.map(([urgency, list]) => [urgency, list.map((entry) => ruleOf(officer, entry))]));
}

function ruleOf(officer: string, { method, after, every }: z.output<typeof rule>): Rule {
  return { method: methodId(officer, method), after, ...(every === undefined ? {} : { every }) };
}

function isGiven<V>(entry: [string, V | undefined]): entry is [string, V] {
  return entry[1] !== undefined;
}
