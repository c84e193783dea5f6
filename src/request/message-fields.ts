import type { AnsweringField } from './kind.ts';
import type { Message } from './message.ts';
import { saysNothing } from './said-words.ts';
import { readTime } from './sender-time.ts';

const ANSWERS: Readonly<Record<AnsweringField, (message: Message) => boolean>> = {
  own_reference: ({ ownReference }) => isSaid(ownReference),
  sender_organisation: ({ sender }) => isSaid(sender.organisation),
  sender_person: ({ sender }) => isSaid(sender.person),
  sender_country: ({ sender }) => isSaid(sender.country),
  sender_email: ({ sender }) => isSaid(sender.email),
  sender_phone: ({ sender }) => isSaid(sender.phone),
  identifiers: ({ identifiers }) => identifiers.some(({ value }) => isSaid(value)),
  identifier_times: ({ identifiers }) => {
    const times = identifiers.flatMap(({ at, atUtc }) => ((atUtc ?? at) === undefined ? [] : [{ at, atUtc }]));
    return times.length > 0 && times.every(({ at, atUtc }) => isSaid(atUtc) || readTime(at ?? '').form === 'instant');
  },
  text: ({ text }) => isSaid(text),
};

/** Whether a field of the message answers an item that was not answered by itself. */
export function isAnsweredByField(field: AnsweringField, message: Message): boolean {
  return ANSWERS[field](message);
}

function isSaid(value: string | undefined): boolean {
  return value !== undefined && !saysNothing(value);
}
