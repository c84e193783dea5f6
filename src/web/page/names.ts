import { hasText } from '../../locales/catalogue.ts';
import type { Reader } from '../viewer.ts';

/** Whom a step meant, as a person says it: an officer, or whoever is on duty, or the holder of a role. */
export function targetName({ text, nameOf }: Reader, whom: string): string {
  return hasText(`target.${whom}`) ? text(`target.${whom}`) : nameOf(whom);
}

/** The text of a code that may come from outside (a vendor's, another release's): its own, or the one for all others. */
export function codeText({ text }: Reader, group: string, code: string): string {
  return hasText(`${group}.${code}`) ? text(`${group}.${code}`) : text(`${group}.other`, { code });
}

/** The name of a thing that configuration may add to (a kind, a clock): its own text, or its id. */
export function nameOfThing({ text }: Reader, group: string, id: string): string {
  return hasText(`${group}.${id}`) ? text(`${group}.${id}`) : id;
}
