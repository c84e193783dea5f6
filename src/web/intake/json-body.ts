import { isUtf8 } from 'node:buffer';
import type { Text } from '../../locales/catalogue.ts';
import type { Message } from '../../request/message.ts';
import { Problem } from '../problem.ts';
import { clean } from './clean.ts';
import { faultIn, faultsOf } from './faults.ts';
import { messageSchema, saysNothing } from './message-schema.ts';

/** The note that a text was changed: it held U+0000, half of a surrogate pair, or bytes that are not UTF-8. */
export const REPLACED = 'replaced_characters';

export type Written = { readonly message: Message; readonly notes: readonly string[] };

/** Reads a request in JSON. Throws a `Problem` with all faults at once; `text` says them. */
export function readMessage(bytes: Uint8Array, text: Text): Written {
  const { value, replaced } = clean(parsed(bytes, text));
  const read = messageSchema.safeParse(value);
  if (!read.success) throw new Problem('invalid', { faults: faultsOf(read.error.issues, value, text) });
  if (saysNothing(read.data)) {
    throw new Problem('invalid', { faults: [faultIn('', 'says_nothing', 'something', text)] });
  }
  const isChanged = replaced > 0 || !isUtf8(bytes);
  return { message: read.data, notes: isChanged ? [REPLACED] : [] };
}

function parsed(bytes: Uint8Array, text: Text): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Problem('invalid', { faults: [faultIn('', 'not_json', 'json', text)] });
  }
}
