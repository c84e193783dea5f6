import { rfc3339 } from '../../../rota/instant.ts';
import type { Text } from '../../locales/catalogue.ts';
import { completeness } from '../../request/completeness.ts';
import { kindOf } from '../../request/kinds.ts';
import type { Message } from '../../request/message.ts';
import type { Clock, RequestState } from '../../request/state.ts';
import type { Receipt, Standing } from './answer-schema.ts';

type Common = Pick<Standing, Exclude<keyof Receipt & keyof Standing, 'clocks'>>;

/**
 * What the sender of a request is told once it is committed. `message` is what was just sent: what is missing is told in
 * its light.
 */
export function receiptOf(
  state: RequestState,
  message: Message,
  notes: readonly string[],
  isAppended: boolean,
  text: Text,
): Receipt {
  const clocks = Object.values(state.clocks)
    .filter(({ stopped }) => stopped === undefined)
    .map(({ name, dueAt }) => ({ name, dueAt: rfc3339(dueAt) }));
  return { ...commonOf(state, message, text), appended: isAppended, clocks, notes: [...notes] };
}

export type Attached = { readonly name: string | null; readonly sha256: string; readonly size: number };

/** How far a request has come. `message` is undefined when it was erased. */
export function standingOf(
  state: RequestState,
  message: Message | undefined,
  attachments: readonly Attached[],
  text: Text,
): Standing {
  return {
    ...commonOf(state, message, text),
    receivedAt: rfc3339(state.receivedAt),
    clocks: Object.values(state.clocks).map((clock) => ({
      name: clock.name,
      dueAt: rfc3339(clock.dueAt),
      state: clockState(clock),
    })),
    duties: { receipt: toldOf(state, 'receipt'), start: toldOf(state, 'start'), progress: toldOf(state, 'progress') },
    outcome: 'outcome' in state && state.outcome !== undefined ? state.outcome : null,
    attachments: [...attachments],
  };
}

function commonOf(state: RequestState, message: Message | undefined, text: Text): Common {
  const { reference, shortId, kind, urgency, provisional, status, flags } = state;
  const self = `/api/v1/requests/${encodeURIComponent(reference)}`;
  return {
    reference,
    shortId,
    kind,
    urgency,
    provisional,
    state: status,
    missing: missingOf(state, message, text),
    flags: flags.map(({ code, path }) => ({ code, field: path })),
    links: { self, attachments: `${self}/attachments/{name}` },
  };
}

/** In the order of the law. What was said about an item is only known while the message is there. */
function missingOf({ kind: id, missing }: RequestState, message: Message | undefined, text: Text): Receipt['missing'] {
  const kind = kindOf(id);
  if (kind === undefined) return [];
  const found = message === undefined ? [] : completeness(kind, message).missing;
  return missing.flatMap((item) => {
    const asked = kind.items.find((one) => one.id === item);
    if (asked === undefined) return [];
    const { article, requirement, name } = asked;
    const key = found.find((one) => one.item === item)?.sentence.key ?? 'completeness.missing';
    return [{ item, article, requirement, sentence: text(key, { article, item: text(name) }) }];
  });
}

function toldOf(
  { duties }: RequestState,
  duty: 'receipt' | 'start' | 'progress',
): { at: string; channel: string } | null {
  const told = duties[duty];
  return told === undefined ? null : { at: rfc3339(told.at), channel: told.channel };
}

function clockState({ stopped, rang, warned }: Clock): Standing['clocks'][number]['state'] {
  if (stopped !== undefined) return 'stopped';
  if (rang) return 'over';
  return warned ? 'warned' : 'running';
}
