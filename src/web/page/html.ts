/** A piece of markup that may stand in a page as it is. Only `html` and `raw` make one. */
export class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

/** What can be put into a template: text is escaped, nothing and `false` leave nothing, lists are joined. */
export type Piece = Html | string | number | undefined | false | readonly Piece[];

/**
 * Markup with everything escaped that is not markup already. Attributes have to be in double quotes; a value belongs
 * into text or into a quoted attribute, never into a tag name, a script or a style.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const parts = strings.map((string, index) => string + markupOf(pieces[index]));
  return new Html(parts.join(''));
}

/** Markup that we wrote ourselves, as a whole. Never with anything in it that came from a person. */
export function raw(markup: string): Html {
  return new Html(markup);
}

function markupOf(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.toString();
  if (typeof piece === 'string') return escaped(piece);
  return typeof piece === 'number' ? String(piece) : piece.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Characters that turn the direction of what follows: in a file name they make `exe` look like `jpg`. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
/** Control characters that HTML does not allow, and those that a reader cannot see. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNSEEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/** Text as it can stand between tags and in quoted attributes; what would deceive the eye is made visible. */
function escaped(text: string): string {
  return text
    .replace(TURNING, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase()}›`)
    .replace(UNSEEN, '\uFFFD')
    .replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
