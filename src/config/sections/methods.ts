import { z } from 'zod';
import type { MethodSeed } from '../config.ts';
import { id, mailAddress, phone } from '../leaves.ts';

const EXPECTED = 'one of pager, sms, voice, mail';
const methodType = <const T extends string>(type: T) => z.literal(type).meta({ title: 'a type of method' });
const handset = (type: 'sms' | 'voice') =>
  z.strictObject({ type: methodType(type), id: id.optional(), address: phone });
const mail = z.strictObject({ type: methodType('mail'), id: id.optional(), address: mailAddress });
const pager = z.strictObject({ type: methodType('pager'), id: id.optional() });

const options = { error: EXPECTED };
const officerMethod = z.discriminatedUnion('type', [pager, handset('sms'), handset('voice'), mail], options);
/** A pager is a browser in which one officer has signed in, so it cannot go from hand to hand. */
const dutyMethod = z.discriminatedUnion('type', [handset('sms'), handset('voice'), mail], {
  error: 'one of sms, voice, mail (a pager is bound to one officer)',
});

export const METHOD_TYPES = ['pager', 'sms', 'voice', 'mail'] as const;

export const methodsSection = z
  .array(officerMethod)
  .describe('How to reach the officer, in order. Used only while the officer has no method in the store.')
  .prefault([]);

export const dutyMethodsSection = z
  .array(dutyMethod)
  .describe('What belongs to the duty itself, such as the handset that goes from hand to hand.')
  .prefault([]);

type MethodEntry = z.output<typeof officerMethod>;

/** A method without an id is called like its type. */
export function methodName({ id, type }: { readonly id?: string | undefined; readonly type: string }): string {
  return id ?? type;
}

export function officerMethods(officer: string, entries: readonly MethodEntry[]): readonly MethodSeed[] {
  return entries.map((entry) => ({
    id: methodId(officer, methodName(entry)),
    officer,
    type: entry.type,
    address: entry.type === 'pager' ? officer : entry.address,
  }));
}

export function dutyMethods(desk: string, entries: z.output<typeof dutyMethodsSection>): readonly MethodSeed[] {
  return entries.map((entry) => ({
    id: methodId(`duty/${desk}`, methodName(entry)),
    type: entry.type,
    address: entry.address,
  }));
}

export function methodId(owner: string, name: string): string {
  return `${owner}/${name}`;
}
