/**
 * Characters of a short id: none can be mistaken for another when it is read from a handset, written by hand or said.
 * Left out of the digits and the Latin letters are 0 and O, 1, I and L, and B, S and Z for 8, 5 and 2.
 */
const ALPHABET = '23456789ACDEFGHJKMNPQRTUVWXY';

const SHORT = 4;
const LONG = 5;
/** So many are drawn at once that with a quarter taken all of them are taken less than once in a billion times. */
const CANDIDATES = 16;
/** From so many on, five characters are drawn: with four, one in four draws would be taken already. */
export const MANY_TAKEN = ALPHABET.length ** SHORT / 4;
/** Bytes from here on would favour the first characters: they are drawn again. */
const FAIR = 256 - (256 % ALPHABET.length);

/**
 * Draws short ids to try in turn: four characters, five once a quarter of those with four is taken.
 *
 * @param random that many unpredictable bytes
 * @param taken how many short ids the installation has ever given
 */
export function drawShortIds(random: (n: number) => Uint8Array, taken: number): string[] {
  const length = taken >= MANY_TAKEN ? LONG : SHORT;
  const characters: string[] = [];
  while (characters.length < CANDIDATES * length) {
    const fair = [...random(CANDIDATES * length)].filter((byte) => byte < FAIR);
    characters.push(...fair.map((byte) => ALPHABET.charAt(byte % ALPHABET.length)));
  }
  return Array.from({ length: CANDIDATES }, (_, i) => characters.slice(i * length, (i + 1) * length).join(''));
}

const FORM = new RegExp(`^[${ALPHABET}]{${SHORT},${LONG}}$`, 'i');

/** Whether a word could be a short id; whether it is one, only the store knows. */
export function looksLikeShortId(word: string): boolean {
  return FORM.test(word);
}
