// node test/journals/record.ts FILE: plays a few nights that write nearly every type of entry, and records journal and states.
// Once a release; what an older release recorded is never made anew.
import { writeFileSync } from 'node:fs';
import { HOUR } from '../../rota/instant.ts';
import { armRota } from '../../src/desk/rota-event.ts';
import { Duty, NCP } from '../support/duty.ts';

const DESKS = `${NCP}    lowering: { second_officer: true }
    policies:
      emergency: { steps: [{ page: [on_duty, { desk: police }], window: 10m }, { page: [{ role: head }], window: 5m }] }
  - id: police
    name: Police desk
    letters: P
    time_zone: Europe/Bucharest
    officers: [otto, { id: petra, role: head }]
    rota: { type: weekly, start: 2026-06-01, handover: { weekday: MO, time: "08:00" }, order: [otto, petra] }
`;
const duty = await Duty.begin(DESKS, { officers: ['ana', 'dan', 'eva', 'otto', 'petra'], methods: ['pager', 'sms'] });
const setup = duty.desk.setups.desk('ncp');
if (setup === undefined) throw new Error();
await armRota(duty.desk, setup);
const must = async (...args: Parameters<Duty['act']>) => {
  const r = await duty.act(...args);
  if (!r.ok) throw new Error(JSON.stringify([args, r]));
};
duty.answer = ({ officer }, type) =>
  officer === 'dan' && type === 'pager' ? { result: 'temporary', code: 'not_connected' } : { result: 'handed_over' };
// 1: an emergency that goes up, with another desk, a pass, a release, an escalation by hand and an outcome
const one = await duty.request({ kind: 'emergency_disclosure', grounds: ['life'], ownReference: 'EX-1' });
await duty.pass(12);
await must(one.id, 'pass', 'ana');
await duty.pass(1);
await must(one.id, 'acknowledge', 'otto');
await must(one.id, 'release', 'otto');
await must(one.id, 'escalate', 'eva');
await must(one.id, 'reassign', 'ana', { to: 'eva' });
await must(one.id, 'acknowledge', 'eva');
await must(one.id, 'note', 'eva', { text: 'called the provider' });
await must(one.id, 'ask', 'eva', { text: 'which account?' });
await must(one.id, 'wait', 'eva', { until: '2026-06-02T04:30', for: 'the provider', because: 'it is asleep' });
await must(one.id, 'tell', 'eva', {
  duty: 'receipt',
  channel: 'mail',
  told_at: '2026-06-02T03:20',
  next_at: '2026-06-02T06:00',
});
await must(one.id, 'start', 'eva');
await duty.receive({ ownReference: 'EX-1', text: 'one more account', kind: 'emergency_disclosure' });
await must(one.id, 'answer', 'eva', { channel: 'mail', sent_at: '2026-06-02T03:30', text: 'sent' });
await duty.receive({ ownReference: 'EX-1', text: 'and another', kind: 'emergency_disclosure' });
await must(one.id, 'not_possible', 'eva', { reason: 'data_not_retained' });
await must(one.id, 'close', 'eva');
await must(one.id, 'reopen', 'ana');
await must(one.id, 'refuse', 'ana', { ground: 'own_words', text: 'not ours' });
await must(one.id, 'close', 'ana');
// 2: a preservation by mail, like another, with kind, sender, hold, urgency down and up, clocks
const mail = { known: false, mayTest: false, verification: { how: 'unverified', by: '' } } as const;
const like = [{ type: 'ip', value: '203.0.113.9', at: '2026-06-01T10:20:00Z' }] as const;
const attachment = { name: 'a.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode('a') };
const two = await duty.request(
  { subject: 'logs', identifiers: like },
  { attachments: [attachment], original: attachment.bytes },
  mail,
);
await duty.request({ subject: 'the same', identifiers: like, kind: 'preservation' }, {}, { source: 'fiu' });
await must(two.id, 'choose_kind', 'dan', { kind: 'preservation' });
await must(two.id, 'acknowledge', 'dan');
await must(two.id, 'verify_sender', 'dan', { how: 'called back' });
await must(two.id, 'lower', 'dan', { to: 'routine', text: 'no hurry' });
await must(two.id, 'consent', 'ana');
await duty.pass(6 * 60);
await must(two.id, 'review', 'ana', { agreed: 'yes' });
await must(two.id, 'raise', 'eva', { to: 'urgent' });
await must(two.id, 'change_policy', 'eva', { policy: 'emergency' });
await must(two.id, 'acknowledge', 'dan').catch(() => undefined);
await must(two.id, 'hold', 'dan', { effective_at: '2026-06-02T09:00' }).catch(() => undefined);
await must(two.id, 'stop_clock', 'dan', { clock: 'answer', reason: 'agreed' }).catch(() => undefined);
// 3: nobody can be reached; 4: nothing happens after the acknowledgement, over a handover
duty.answer = (_page, type) => (type === 'channel' ? { result: 'handed_over' } : { result: 'permanent', code: 'gone' });
await duty.request({ kind: 'emergency_disclosure', grounds: ['life'], subject: 'nobody hears' });
await duty.pass(15);
duty.answer = () => ({ result: 'handed_over' });
const four = await duty.request({ kind: 'preservation', grounds: ['data_loss'], subject: 'held over Monday' });
await must(four.id, 'acknowledge', 'dan');
await duty.pass(200);
const five = await duty.request({ kind: 'preservation', grounds: ['data_loss'], subject: 'held' });
duty.clock.set(Date.UTC(2026, 5, 8, 4));
await duty.crank.settle();
await must(five.id, 'acknowledge', 'dan');
await must(five.id, 'wait', 'dan', { until: '2026-06-09T12:00', for: 'the judge', because: 'of the order' });
await duty.pass((2 * HOUR) / 60_000);
const heads = (await duty.desk.store.heads()).filter(({ stream }) => stream.startsWith('request/'));
const requests = [];
for (const { stream } of heads) {
  const entries = await duty.desk.store.entries(stream, 1, 10_000);
  const row = await duty.desk.store.request(stream.slice('request/'.length));
  requests.push({ bodies: entries.map(({ body }) => body), state: row?.state });
}
writeFileSync(process.argv[2] ?? '', `${JSON.stringify({ requests })}\n`);
