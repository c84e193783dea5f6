import type { Message } from './message.ts';

/** Two messages of one request as one: the later answers where both do, and what both list is listed together. */
export function mergeMessages(earlier: Message, later: Message): Message {
  const text = [earlier.text, later.text].filter((part) => part !== undefined).join('\n\n');
  const subject = [earlier.subject, later.subject].filter((part) => part !== undefined).join('\n');
  const grounds = [...new Set([...(earlier.grounds ?? []), ...(later.grounds ?? [])])];
  return {
    ...earlier,
    ...later,
    ...(subject === '' ? {} : { subject }),
    ...(text === '' ? {} : { text }),
    ...(grounds.length === 0 ? {} : { grounds }),
    sender: { ...earlier.sender, ...later.sender },
    items: { ...earlier.items, ...later.items },
    identifiers: [...earlier.identifiers, ...later.identifiers],
  };
}
