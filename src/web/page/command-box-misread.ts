import type { Misread } from '../../commands/parsed.ts';
import type { FieldKind } from '../../desk/actions.ts';
import { hasText } from '../../locales/catalogue.ts';
import type { Reader } from '../viewer.ts';
import { wordOf } from './command-box-help.ts';
import { fullTime } from './command-box-time.ts';

/** Why nothing was done with what was typed, and what to type instead. */
export function misreadText(reader: Reader, misread: Misread): string {
  return reader.text(`misread.${misread.code}`, valuesOf(reader, misread));
}

function valuesOf(reader: Reader, misread: Misread): Readonly<Record<string, string | number>> {
  const example = 'word' in misread ? (wordOf(misread.word)?.example[reader.language] ?? '') : '';
  switch (misread.code) {
    case 'unknown_word':
      return { given: misread.given, nearest: misread.nearest ?? 'none' };
    case 'which_request':
      return { example, count: misread.candidates.length, candidates: misread.candidates.join(', ') };
    case 'missing':
      return { example, argument: argumentText(reader, misread) };
    case 'ambiguous_time': {
      const readings = misread.readings.map((at) => fullTime(reader, misread.zone, at)).join('; ');
      return { given: misread.given, readings };
    }
    case 'not_a_choice': {
      const choices = misread.choices.map((code) => choiceText(reader, misread.kind, code)).join(', ');
      return { example, given: misread.given, choices };
    }
    case 'unknown_officer':
    case 'ambiguous_officer': {
      const candidates = misread.candidates.map((id) => `${reader.nameOf(id)} (${id})`).join(', ');
      return { given: misread.given, candidates };
    }
    case 'too_much':
    case 'not_a_time':
      return { example, given: misread.given };
    default:
      return { example };
  }
}

function argumentText(
  { text }: Reader,
  { word, argument }: { readonly word: string; readonly argument: string },
): string {
  const action = wordOf(word)?.action;
  return text(action === undefined ? `argument.${argument}` : `label.${action}.${argument}`);
}

/** Where the catalogues have the choices of a kind of argument. */
const GROUPS: Readonly<Partial<Record<FieldKind, string>>> = {
  urgency: 'urgency',
  duty: 'told',
  agreement: 'agreement',
  means: 'means',
  recipient: 'recipient',
  stop_reason: 'clock_stopped',
  kind: 'kind',
  ground: 'ground',
  reason: 'not_possible',
  clock: 'clock',
};

/** What to type, and what it means where that is not the same. */
function choiceText({ text }: Reader, kind: FieldKind, code: string): string {
  const typed = code.replaceAll('_', ' ');
  const key = `${GROUPS[kind]}.${code}`;
  const meaning = hasText(key) ? text(key) : typed;
  return meaning.toLowerCase() === typed ? typed : `${typed} (${meaning})`;
}
