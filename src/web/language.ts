import { LANGUAGES, type Language, languageOf } from '../locales/catalogue.ts';

/** The best language of ours for an Accept-Language header; English where it names none of them. */
export function languageFor(header: string | undefined): Language {
  const wished = (header ?? '')
    .split(',')
    .slice(0, MOST_WISHES)
    .map(wish)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const known = wished.find(({ tag }) => LANGUAGES.some((language) => tag.toLowerCase().split('-')[0] === language));
  return languageOf(known?.tag ?? '');
}

const MOST_WISHES = 20;

function wish(text: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  const weight = Number(quality);
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}
