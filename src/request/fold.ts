/** Letters that Unicode does not decompose but that people type without their stroke or dot. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  ς: 'σ',
  ـ: '',
};

/** Two ligatures that grow to 18 and 8 letters: a mail full of them must not become twenty times its size. */
const BLOATING = /[\uFDFA\uFDFB]/g;
const UNSEEN = /[\p{M}\p{Default_Ignorable_Code_Point}]/gu;
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/**
 * Text as it is compared: compatibility forms resolved (NFKD), lower case, without accents and without what cannot be
 * seen (zero-width characters, soft hyphens, directional marks). White space and punctuation stay.
 * Look-alike letters of another alphabet stay what they are.
 */
export function fold(text: string): string {
  return text
    .replace(BLOATING, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(UNSEEN, '')
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter);
}

/** Only the letters and digits of the folded text: how two spellings of one reference are compared. */
export function foldToLetters(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}
