import { LANGUAGES, type Language, languageOf } from '../locales/catalogue.ts';
import { AdminClient } from '../web/admin-client.ts';
import { SOCKET, Stop } from './configuration.ts';

/** The command was used wrongly. */
const EXIT_USAGE = 2;

/** Writes the page of one request to standard output. */
export async function exportPage(reference: string | undefined, language: string | undefined): Promise<void> {
  if (reference === undefined) {
    throw new Stop('--page: name a request, such as T-2026-0001; the whole journal is no page', EXIT_USAGE);
  }
  const wanted = language === undefined ? languageIn(process.env) : chosen(language);
  process.stdout.write(await new AdminClient(SOCKET).page(reference, wanted));
}

function chosen(language: string): Language {
  const known = LANGUAGES.find((one) => one === language.toLowerCase());
  if (known === undefined) {
    throw new Stop(
      `--language: ${language} is not a language of Tocsin; expected ${LANGUAGES.join(' or ')}`,
      EXIT_USAGE,
    );
  }
  return known;
}

/** What the environment asks for, as POSIX has it (`fr_FR.UTF-8`): the first of these that is set and not empty. */
export function languageIn(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return languageOf(locale.replace(/[_.@].*$/, ''));
}
