import { instant } from '../../rota/instant.ts';
import { parse } from '../../src/commands/parse.ts';
import type { Context } from '../../src/commands/parsed.ts';

/** A Tuesday in winter, 18:00 in Bucharest. */
export const NOW = instant('2026-11-24T16:00:00Z');

/** A desk as the examples of the words have it. */
export const CONTEXT: Context = {
  now: NOW,
  zone: 'Europe/Bucharest',
  officer: 'dan',
  officers: [
    { id: 'ana', name: 'Ana Example' },
    { id: 'dan', name: 'Dan Sample' },
    { id: 'eva', name: 'Éva d’Exemple' },
  ],
  choices: {
    kind: ['preservation', 'emergency_disclosure', 'other'],
    ground: ['political_offence', 'essential_interests', 'dual_criminality', 'own_words'],
    reason: ['no_preservation_law', 'court_order_needed', 'other'],
    policy: ['emergency', 'urgent'],
    clock: ['receipt', 'answer', 'hold'],
  },
  isRequest: () => false,
};

type Said = { readonly word: string; readonly name: string | undefined; readonly to?: string };

/** What was said with a text that must be understood. */
export function said(text: string, context: Partial<Context> = {}): Said {
  const read = parse(text, { ...CONTEXT, ...context });
  if (!read.ok) throw new Error(`${text}: ${JSON.stringify(read.misread)}`);
  const { word, name, said: values } = read.parsed;
  return { ...values, word: word.name, name };
}

/** Why a text was not understood. */
export function misread(text: string, context: Partial<Context> = {}) {
  const read = parse(text, { ...CONTEXT, ...context });
  if (read.ok) throw new Error(`${text} was understood: ${JSON.stringify(read.parsed)}`);
  return read.misread;
}
