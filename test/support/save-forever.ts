// save-forever.ts URL: saves one request after the other and prints the id of each that is committed, until it is killed.
import { openStore } from '../../src/store/open.ts';
import { alarm, changeOf, delivery, entry, request, streamOf, T } from '../contracts/store/rows.ts';
import { birth } from './birth.ts';

const store = await openStore({ url: process.argv[2] ?? '', ...birth });
for (;;) {
  const of = request();
  const entries = [entry('request.received/1'), entry('step.rang/1')];
  const rest = { entries, deliveries: [delivery(of)], alarms: [alarm('escalation', T)], views: ['room'] };
  await store.step(streamOf(of), (step) => step.save(changeOf(of, rest)));
  process.stdout.write(`${of.id}\n`);
}
