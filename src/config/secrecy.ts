import type { Path } from './path.ts';

const SECRET_NAME = /pass(word|wd|phrase)|secret|token|credential|api[_-]?key|private[_-]?key|authorization/i;
/** Stands for a value that is, or may be, a secret. */
export const HIDDEN = 'the value (not shown)';
const LONGEST_SHOWN = 60;

/** A key that by its name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * A value of the file as a fault may show it: in quotes, or `HIDDEN` where it is, or might be, a secret
 * that somebody wrote into the file.
 */
export function shownText(text: string, path: Path): string {
  const hidden = path.some((step) => typeof step === 'string' && isSecretName(step)) || looksSecret(text);
  if (hidden) return HIDDEN;
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
}

/** A key of the file as a fault may show it; a line without a colon can turn a whole sentence into a "key". */
export function shownKey(key: string): string {
  return isShownKey(key) ? key : '(not shown)';
}

export function isShownKey(key: string): boolean {
  return /^[\w.-]{1,40}$/.test(key) && !looksSecret(key);
}

/** Blanks out secrets that are known from the environment, should one have been copied into a place that is shown. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret.length < 6 ? rest : rest.replaceAll(secret, '(not shown)')), text);
}

/** An address with a password in it, a secret key of age, or a long run of letters and digits as tokens have it. */
function looksSecret(text: string): boolean {
  if (/:\/\/[^/\s]*@|AGE-SECRET-KEY/i.test(text)) return true;
  return (text.match(/[A-Za-z0-9+]{12,}/g) ?? []).some((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
}
