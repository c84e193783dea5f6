const LONE_SURROGATES = /\p{Surrogate}/gu;
const REPLACEMENT = '\uFFFD';

/**
 * Text that every store and every peer takes: U+0000 and lone surrogates become U+FFFD, all else stays as it came.
 * `replaced` counts them, so that the card can say that the text was changed.
 */
export function sanitise(text: string): { readonly text: string; readonly replaced: number } {
  let replaced = 0;
  const replace = () => {
    replaced += 1;
    return REPLACEMENT;
  };
  return { text: text.replaceAll('\0', replace).replace(LONE_SURROGATES, replace), replaced };
}
