import { createHash } from 'node:crypto';
import { DAY, type Instant } from '../../rota/instant.ts';
import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/read.ts';
import type { Message } from '../../src/request/message.ts';

/** As many as a desk may have. */
export const FEW_SOURCES = 20;
/** A source may send 60 messages a minute: to send hundreds a second that are no emergencies takes so many. */
export const MANY_SOURCES = 250;
export const OFFICER_ON_DUTY = 'dan';
export const HEAD = 'ana';
export const DESK = 'bench';

export function sourceId(index: number): string {
  return `ncb-${index}`;
}

export function tokenOf(source: string): string {
  return `token-of-${source}-${'x'.repeat(16)}`;
}

/**
 * The configuration of a fictional contact point: an officer on duty and a head behind, each with a pager. It is outside of
 * its duty hours at `now` and for a day after, so that a routine request pages nobody yet.
 */
export function benchYaml(now: Instant, sourceCount = FEW_SOURCES): string {
  const dayAfterTomorrow = WEEKDAYS[new Date(now + 2 * DAY).getUTCDay()];
  const sources = Array.from({ length: sourceCount }, (_, index) => {
    const id = sourceId(index);
    const hash = createHash('sha256').update(tokenOf(id)).digest('hex');
    return `      - { id: ${id}, name: NCB of Examplia ${index}, token_sha256: ${hash} }`;
  });
  return `officers:
  - { id: ana, name: Ana Example, methods: [{ type: pager }] }
  - { id: dan, name: Dan Example, methods: [{ type: pager }] }
desks:
  - id: ${DESK}
    name: Contact point of Benchland
    time_zone: UTC
    duty_hours: [{ days: [${dayAfterTomorrow}], from: "08:00", to: "16:00" }]
    officers: [{ id: ana, role: head }, dan]
    rota: { type: weekly, start: 2026-01-05, order: [dan] }
    policies:
      urgent: { steps: [{ page: [on_duty], window: 7d }, { page: [{ role: head }], window: 1d }] }
    sources:
${sources.join('\n')}
`;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export function benchConfig(now: Instant): Config {
  const read = parseConfig(benchYaml(now), 'tocsin.yaml', { tokens: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

export type BenchKind = 'emergency' | 'urgent' | 'routine';

/** A request of an ordinary length, with a reference and an account that no other has. */
export function messageOf(kind: BenchKind, run: string, index: number): Message {
  const account = `${run}_${index}_example`;
  const common = {
    ownReference: `EX-${run}-${index}`,
    sender: {
      organisation: '24/7 Contact Point of Exampleland',
      person: 'Insp. Jo Sample',
      country: 'XX',
      email: 'duty@ncb.example.org',
      phone: '+15550117',
    },
    text: 'Subscriber of the account and the addresses of its last log-ins are needed. '.repeat(3),
    identifiers: [
      { type: 'account', value: account },
      { type: 'ip', value: `203.0.113.${index % 250}`, port: 50_000 + (index % 10_000), at: timeOf(index) },
    ],
    language: 'en',
  } as const;
  return { ...common, ...SAID[kind] };
}

/** Addresses repeat, so that each needs an hour of its own. */
function timeOf(index: number): string {
  const hour = index % 24;
  const day = Math.floor(index / 24) % 28;
  const month = Math.floor(index / 672) % 12;
  const two = (value: number) => String(value).padStart(2, '0');
  return `2025-${two(month + 1)}-${two(day + 1)}T${two(hour)}:41:00Z`;
}

const SAID: Readonly<Record<BenchKind, Pick<Message, 'kind' | 'urgency' | 'grounds' | 'subject' | 'items'>>> = {
  emergency: {
    kind: 'emergency_disclosure',
    urgency: 'emergency',
    grounds: ['life'],
    subject: 'Threat to kill announced in a live stream',
    items: {
      authority: 'Prosecution Office of Exampleland, 24 November 2026',
      provider: 'Example Streaming Ltd., 1 Example Street, Sampletown',
      emergency_facts: 'The threat names a person, a place and an hour. The account is the only lead.',
      data: 'Subscriber information and log-in addresses of the account since 20 November 2026',
    },
  },
  urgent: {
    kind: 'preservation',
    urgency: 'urgent',
    subject: 'Preservation of traffic data',
    items: {
      offence_and_facts: 'Art. 208 Criminal Code of Examplia: fraud by means of a false shop',
      data: 'Subscriber and traffic data of the address below',
      custodian: 'Example Hosting, Example City',
      necessity: 'The provider keeps them for some months',
      mla_intended: 'yes',
    },
  },
  routine: {
    kind: 'other',
    urgency: 'not_urgent',
    subject: 'A question about the procedure',
    items: {
      data: 'Which authority may order the disclosure of subscriber data in your country, and in which language?',
    },
  },
};
