import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOKEN_SHA256 } from './process.ts';

/** The emergency of the demo's `curl` line. */
export const EMERGENCY = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../docs/examples/request.json', import.meta.url)), 'utf8'),
) as Readonly<Record<string, unknown>>;

/** A preservation request that is urgent and like no other: its reference and its account are its own. */
export function urgent(name: string): object {
  return {
    kind: 'preservation',
    urgency: 'urgent',
    ownReference: `EX-${name}`,
    sender: { organisation: '24/7 Contact Point of Exampleland', country: 'XX' },
    subject: `Preservation for case ${name}`,
    items: { data: 'Traffic data of the account', necessity: 'The logs are deleted within days' },
    identifiers: [{ type: 'account', value: `account_${name}_example` }],
  };
}

/** The same, as an emergency. */
export function emergency(name: string): object {
  return {
    ...EMERGENCY,
    ownReference: `EX-${name}`,
    identifiers: [{ type: 'account', value: `account_${name}_example` }],
  };
}

export const ROUTINE = {
  kind: 'other',
  urgency: 'not_urgent',
  sender: { organisation: '24/7 Contact Point of Exampleland' },
  subject: 'A question about the procedure',
  items: { data: 'In which language may a request be written?' },
};

const NAMES: Readonly<Record<string, string>> = {
  ana: 'Ana Example',
  dan: 'Dan Sample',
  eva: 'Eva Specimen',
  filip: 'Filip Muster',
};

/** Officers with a pager each, unless something else is said of them. */
export function officers(...ids: readonly (string | { readonly id: string; readonly methods: string })[]): string {
  const lines = ids.map((one) => {
    const { id, methods } = typeof one === 'string' ? { id: one, methods: '{ type: pager }' } : one;
    return `  - { id: ${id}, name: ${NAMES[id] ?? id}, methods: [${methods}] }`;
  });
  return `officers:\n${lines.join('\n')}\n`;
}

export const SOURCE = `sources: [{ id: exampleland, name: Contact Point of Exampleland, country: XX, tests: true, token_sha256: ${TOKEN_SHA256} }]`;

/** Who is on duty, the head, everyone, and so on again. */
function policy(window: string): string {
  const steps = ['on_duty', '[{ role: head }]', 'everyone'].map((whom) => `{ page: ${whom}, window: ${window} }`);
  return `{ steps: [${steps.join(', ')}], round_min: 1s }`;
}

/** Dan is on duty, Ana is the head, Eva is there too; nobody is waited for longer than some seconds. */
export function shortDesk(window = '2s'): string {
  return `${officers('ana', 'dan', 'eva')}desks:
  - id: ncp
    name: Contact point of Storyland
    letters: T
    time_zone: UTC
    duty_hours: []
    officers: [{ id: ana, role: head }, dan, eva]
    rota: { type: weekly, start: 2026-01-05, order: [dan] }
    policies:
      emergency: ${policy(window)}
      urgent: ${policy(window)}
    ${SOURCE}
`;
}

/** A minute of some day at a desk, in a zone where it is around noon now: nothing there is near midnight. */
export type DeskMinute = {
  readonly at: number;
  readonly zone: string;
  readonly weekday: string;
  readonly time: string;
  readonly date: string;
};

/** The next full minute that leaves time enough to begin. */
export function nextMinute(): DeskMinute {
  const at = Math.ceil((Date.now() + 5000) / 60_000) * 60_000;
  const ahead = 12 - new Date(at).getUTCHours();
  const local = new Date(at + ahead * 3_600_000);
  const weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][local.getUTCDay()] ?? '';
  const [date = '', time = ''] = local.toISOString().slice(0, 16).split('T');
  return { at, zone: `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`, weekday, time, date };
}
