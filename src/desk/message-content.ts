import type { Message } from '../request/message.ts';

/** A message as the one piece of case content that it is kept as. */
export function writeMessage(message: Message): string {
  return JSON.stringify(message);
}

/** Reads what `writeMessage` wrote; only this store's own content is read with it. */
export function readMessage(bytes: Uint8Array): Message {
  return JSON.parse(new TextDecoder().decode(bytes)) as Message;
}
