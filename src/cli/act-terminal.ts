/** What a terminal obeys: a control character, and what it makes a sequence of (colours, cursor, title, clipboard). */
const ORDERS = /(?![\n\t])\p{Cc}(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_]\P{Cc}*)?/gu;
/** Characters that turn the direction of what follows: with them a file name looks like another. */
const TURNING = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const UNSAFE_IN_JSON = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** A text without anything that a terminal obeys. What goes on in a further line is set in, so that it is no line of ours. */
export function textForTerminal(text: string): string {
  const plain = text.replace(ORDERS, '').replaceAll('\t', ' ').replace(TURNING, '');
  return plain.trimEnd().replaceAll('\n', '\n    ');
}

/** JSON that says the same and that no terminal obeys. */
export function jsonForTerminal(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(UNSAFE_IN_JSON, escaped);
}
