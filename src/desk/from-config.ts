import { weeklyRota } from '../../rota/weekly.ts';
import type { Config, Desk as ConfiguredDesk, Officer, UrgencyRow } from '../config/config.ts';
import type { Policy } from '../paging/policy.ts';
import { type AddedRow, type TriageTable, triageTable } from '../request/triage.ts';
import type { ReadRevision } from './revisions.ts';
import type { DeskSetup, Member } from './setup.ts';

/** Reads an applied revision back; `read` knows the form of its text. */
export function revisionReader(read: (text: string) => Config): ReadRevision {
  return (text) => {
    const config = read(text);
    return { config, desks: desksOf(config), limits: config.limits };
  };
}

/** The desks of a configuration as the use cases want them. */
export function desksOf(config: Config): readonly DeskSetup[] {
  const officers = new Map(config.officers.map((officer) => [officer.id, officer]));
  return config.desks.map((desk) => deskOf(desk, officers));
}

function deskOf(desk: ConfiguredDesk, officers: ReadonlyMap<string, Officer>): DeskSetup {
  return {
    id: desk.id,
    name: desk.name,
    letters: desk.letters,
    zone: desk.timeZone,
    languages: desk.languages,
    officers: desk.officers.map(({ id, role }) => memberOf(id, role, officers.get(id))),
    sourceNames: Object.fromEntries(desk.sources.map(({ id, name }) => [id, name])),
    dutyHours: desk.dutyHours,
    rota: (overrides) => weeklyRota(desk.rota, overrides),
    otherRotas: {},
    policies: policiesById(desk),
    policyFor: (urgency, row) => (desk.rowPolicies[row] ?? desk.policies[urgency]).id,
    channels: desk.channels.map(({ id, content }) => ({ id, disclosure: content })),
    triage: triageOf(desk),
    rowReasons: Object.fromEntries(desk.urgencyRows.map(({ id, reason }) => [id, reason])),
    loweringNeedsConsent: desk.lowering.secondOfficer,
    reservations: desk.reservations,
    clocks: { zone: desk.timeZone, clocks: desk.clocks },
  };
}

function memberOf(id: string, role: string, officer: Officer | undefined): Member {
  return { id, name: officer?.name ?? id, role, rules: officer?.rules ?? {} };
}

function policiesById({ policies, rowPolicies }: ConfiguredDesk): Readonly<Record<string, Policy>> {
  const all = [...Object.values(policies), ...Object.values(rowPolicies)];
  return Object.fromEntries(all.map((policy) => [policy.id, policy]));
}

const KEYWORD_CLASSES = { emergency: 'life', urgent: 'urgent' } as const;

function triageOf({ keywords, urgencyRows }: ConfiguredDesk): TriageTable {
  const ofDesk = Object.entries(KEYWORD_CLASSES).map(([urgency, name]) => [
    name,
    keywords[urgency as 'emergency' | 'urgent'],
  ]);
  const ofRows = urgencyRows.flatMap(({ id, when }) => (when.words === undefined ? [] : [[classOf(id), when.words]]));
  return triageTable({ keywords: Object.fromEntries([...ofDesk, ...ofRows]), rows: urgencyRows.map(rowOf) });
}

function rowOf({ id, urgency, when: { words, ...when } }: UrgencyRow): AddedRow {
  return { id, urgency, when: words === undefined ? when : { ...when, keywords: [classOf(id)] } };
}

/** The words of a row are a class of keywords of its own. */
function classOf(row: string): string {
  return `row_${row}`;
}
