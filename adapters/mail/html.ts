import { compile } from 'html-to-text';

/** Characters of HTML that are converted properly; about ten times the text we keep: Outlook writes that much markup. */
const HTML_MAX = 2_000_000;
/** Deepest nesting that is converted properly. The parser takes quadratic time in depth, and a recursion follows it. */
const DEPTH_MAX = 500;
/** Longest link worth showing; tracking links are longer and say nothing. */
const LINK_MAX = 500;
/** A `data:` address of this length is an image written into the page; it can be longer than all that people wrote. */
const INLINED_MIN = 1000;

const ENDS_LINE = /^(?:br|\/(?:p|div|tr|li|h\d))\b/i;
const HIDDEN = /^(?:style|script)\b/i;
const HIDDEN_END = /^\/(?:style|script)\b/i;
const OPENING_OR_CLOSING = /<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>/gi;
/** Not counted as levels: they have no content, or are commonly left open. */
const NEVER_CLOSED = new Set(
  'area base basefont br col embed frame hr img input link meta p li td th tr option dt dd param source track wbr'.split(
    ' ',
  ),
);

const shown = (href: string): string => (/^(?:https?|mailto|tel):/i.test(href) && href.length <= LINK_MAX ? href : '');

const convert = compile({
  wordwrap: false,
  // The whole document: text before or after <body> is shown by mail programs too.
  baseElements: { selectors: [] },
  limits: { maxDepth: 2 * DEPTH_MAX },
  selectors: [
    {
      selector: 'a',
      options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'], pathRewrite: shown },
    },
    ...['img', 'script', 'style', 'title', 'template'].map((selector) => ({ selector, format: 'skip' })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' ' } })),
  ],
});

/** For text whose tags were removed: it still has entities, and its lines are its own. */
const decodeEntities = compile({ wordwrap: false, preserveNewlines: true, baseElements: { selectors: [] } });

/**
 * The text of an HTML body: no tag, script or style survives, and what looks like a tag in the result was text. Takes
 * linear time: HTML of more than two million characters (images written into the page not counted) or nested deeper
 * than 500 levels is `simplified`, its tags are removed without being understood, so that no amount of markup hides
 * the text behind it.
 */
export function htmlToText(html: string): { text: string; cut: boolean; simplified: boolean } {
  const lean = withoutInlinedData(html);
  const simplified = lean.length > HTML_MAX || isDeep(lean);
  const stripped = simplified ? withoutTags(lean) : '';
  const text = simplified ? decodeEntities(stripped.slice(0, HTML_MAX)) : convert(lean);
  const lines = text.split('\n').map((line) => line.trimEnd());
  return {
    text: lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    cut: stripped.length > HTML_MAX,
    simplified,
  };
}

/** By hand, as a regular expression overflows its stack on megabytes without a break. */
function withoutTags(html: string): string {
  const [before = '', ...pieces] = html.split('<');
  const kept = [before];
  let isHidden = false;
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    const isTag = end >= 0;
    if (isTag && HIDDEN.test(piece)) isHidden = true;
    if (isTag && HIDDEN_END.test(piece)) isHidden = false;
    if (!isHidden) kept.push(isTag ? (ENDS_LINE.test(piece) ? '\n' : ' ') + piece.slice(end + 1) : `<${piece}`);
  }
  return kept.join('').replace(/ +/g, ' ');
}

/** By hand, for the same reason. */
function withoutInlinedData(html: string): string {
  const [before = '', ...pieces] = html.split('data:');
  const kept = pieces.map((piece) => {
    const end = piece.search(/["'\s<>]/);
    const length = end < 0 ? piece.length : end;
    return length < INLINED_MIN ? `data:${piece}` : piece.slice(length);
  });
  return before + kept.join('');
}

/** Counts open tags without parsing; elements that are commonly left open do not count. */
function isDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = '', rest = ''] of html.matchAll(OPENING_OR_CLOSING)) {
    if (NEVER_CLOSED.has(name.toLowerCase()) || rest.endsWith('/')) continue;
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1));
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}
