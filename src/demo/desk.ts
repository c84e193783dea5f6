import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';

/** The source that the demo's `curl` line speaks as. */
export const DEMO_SOURCE = 'exampleland';

const DEMO_DESK = 'demo';

/** The officer on duty first, and those behind: everybody is invented. */
export const DEMO_OFFICERS = ['ana', 'dan', 'eva', 'filip', 'gita', 'horia'] as const;

/**
 * The configuration of a fictional contact point with six officers and windows so short that a newcomer sees a page, an
 * escalation and a new round within two minutes. `token` is what its one source sends with.
 */
export function demoConfiguration(token: string): string {
  const sha256 = createHash('sha256').update(token, 'utf8').digest('hex');
  return `# The demo desk: a fictional contact point. Its windows are far shorter than a real desk's.
officers:
  - { id: ana, name: Ana Example, languages: [en, fr], methods: [{ type: pager }] }
  - { id: dan, name: Dan Sample, languages: [en], methods: [{ type: pager }] }
  - { id: eva, name: Eva Specimen, languages: [en, fr], methods: [{ type: pager }] }
  - { id: filip, name: Filip Muster, languages: [en], methods: [{ type: pager }] }
  - { id: gita, name: Gita Placeholder, languages: [en], methods: [{ type: pager }] }
  - { id: horia, name: Horia Exemplu, languages: [en, fr], methods: [{ type: pager }] }
desks:
  - id: ${DEMO_DESK}
    name: Contact point of Demoland
    letters: T
    time_zone: Europe/Bucharest
    languages: [en, fr]
    officers: [{ id: ana, role: head }, dan, eva, filip, gita, horia]
    rota: { type: weekly, start: 2026-01-05, handover: { weekday: MO, time: "08:00" }, order: [dan, eva, filip, gita, horia, ana] }
    policies:
      emergency:
        steps:
          - { page: [on_duty], window: 20s }
          - { page: [{ role: head }], window: 20s }
          - { page: [everyone], window: 30s }
        round_min: 60s
        progress: 5m
      urgent:
        steps:
          - { page: [on_duty], window: 30s }
          - { page: [{ role: head }], window: 30s }
        round_min: 60s
        progress: 10m
    sources:
      - id: ${DEMO_SOURCE}
        name: 24/7 Contact Point of Exampleland
        country: XX
        known: true
        tests: true
        token_sha256: ${sha256}
`;
}

/** Whether this is the demo's, of whatever release, and not somebody's own. */
export function isDemo({ desks }: Config): boolean {
  const [first, ...others] = desks;
  return first?.id === DEMO_DESK && others.length === 0 && first.sources.some(({ id }) => id === DEMO_SOURCE);
}
