import type { Card, CardClock, CardDetails, CardPage, Disclosure } from '../ports/channel.ts';
import type { DeliveryRow, Register } from '../ports/register.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { Message } from '../request/message.ts';
import { type Clock, involvedDesks, type RequestState } from '../request/state.ts';
import { actionsOn } from './actions.ts';
import { readMessage } from './message-content.ts';
import { type DeskSetup, memberOf } from './setup.ts';

/** A card is drawn anew at each step; the whole list is on the page of the request. */
const PAGES_SHOWN = 50;

/** The card of a request as data. Its details, which are case content, only for a channel that may show everything. */
export async function cardOf(
  register: Register,
  row: RequestRow,
  setup: DeskSetup | undefined,
  disclosure: Disclosure,
): Promise<Card> {
  const { state } = row;
  const owner = 'owner' in state && state.owner !== undefined ? { owner: nameOf(setup, state.owner) } : {};
  const details = disclosure === 'full' ? { details: await detailsOf(register, state) } : {};
  return {
    requestId: row.id,
    version: row.version,
    desks: involvedDesks(state),
    shortId: state.shortId,
    urgency: state.urgency,
    status: state.status,
    kind: state.kind,
    provisional: state.provisional,
    ...owner,
    receivedAt: state.receivedAt,
    clocks: Object.values(state.clocks).map(clockOf),
    paged: (await register.deliveries(row.id, PAGES_SHOWN)).map((delivery) => pageOf(delivery, setup)),
    warnings: warningsOf(state, setup),
    actions: actionsOn(state),
    ...details,
  };
}

function nameOf(setup: DeskSetup | undefined, officer: string): string {
  return (setup && memberOf(setup, officer)?.name) ?? officer;
}

function clockOf(clock: Clock): CardClock {
  const running = clock.rang ? 'over' : clock.warned ? 'warned' : 'running';
  return { name: clock.name, dueAt: clock.dueAt, state: clock.stopped === undefined ? running : 'stopped' };
}

function pageOf(delivery: DeliveryRow, setup: DeskSetup | undefined): CardPage {
  const officer = delivery.officer === undefined ? {} : { officer: nameOf(setup, delivery.officer) };
  const { methodType, state, dueAt, claimedAt, finishedAt } = delivery;
  return { ...officer, method: methodType, state, at: finishedAt ?? claimedAt ?? dueAt };
}

/** What whoever reads the card must know about who may not come. */
function warningsOf(state: RequestState, setup: DeskSetup | undefined): Card['warnings'] {
  const alone = (setup?.officers.length ?? 0) === 1 ? [{ code: 'nobody_behind', names: {} }] : [];
  if (state.status !== 'open') return alone;
  const skipped = state.escalation.skipped.map(({ whom, why }) => ({
    code: `skipped_${why}`,
    names: { whom: nameOf(setup, whom) },
  }));
  return [...skipped, ...alone];
}

async function detailsOf(register: Register, state: RequestState): Promise<CardDetails> {
  const message = await messageOf(register, state);
  const links = await Promise.all(
    state.links.map(async ({ request, reason }) => ({
      shortId: (await register.request(request))?.shortId ?? '?',
      reason,
    })),
  );
  return {
    reference: state.reference,
    from: [message?.sender.organisation, message?.sender.country].filter(Boolean).join(', '),
    subject: message?.subject ?? '',
    missing: state.missing,
    links,
    verification: state.verification,
  };
}

/** The message as it was received; undefined when it was erased. */
export async function messageOf(register: Register, state: RequestState): Promise<Message | undefined> {
  const [first] = state.messages;
  if (first === undefined) return undefined;
  const stored = (await register.contents([first.content])).get(first.content);
  return stored !== undefined && 'bytes' in stored ? readMessage(stored.bytes) : undefined;
}
