import type { Span } from '../../../rota/instant.ts';
import type { WantedDuty } from '../../desk/change-duty.ts';
import type { Said } from '../../desk/command-of.ts';
import { saidTime } from '../../desk/said-time.ts';

/** What the form has beside officers, whose ids begin with a letter. */
export const NOBODY = '-';
export const EVERYBODY = '*';
export const ROTA = '=';

export type DutyField = 'who' | 'and' | 'instead' | 'from' | 'until';

/** What is wrong with one field: `code` has a text in the catalogues (`field.<code>`). */
export type DutyFault = {
  readonly field: DutyField;
  readonly code: 'missing' | 'not_a_time' | 'one_for_one' | 'nobody_alone';
};

const REQUIRED = ['who', 'instead', 'from', 'until'] as const;

/** The change that the words of the form mean, its times in the desk's zone; or every field that is wrong. */
export function saidDuty(
  said: Said,
  zone: string,
): { readonly wanted: WantedDuty } | { readonly faults: readonly DutyFault[] } {
  const words = wordsOf(said);
  const [start, end] = [saidTime(words.from, zone), saidTime(words.until, zone)];
  const faults = [
    ...REQUIRED.flatMap((field) => fault(words[field] === '', field, 'missing')),
    ...fault(words.from !== '' && start === undefined, 'from', 'not_a_time'),
    ...fault(words.until !== '' && end === undefined, 'until', 'not_a_time'),
    ...togetherFaults(words),
  ];
  if (faults.length > 0 || start === undefined || end === undefined) return { faults };
  return { wanted: wantedOf(words, { start, end }) };
}

type Words = Readonly<Record<DutyField, string>>;

function wordsOf(said: Said): Words {
  const word = (field: DutyField) => said[field]?.trim() ?? '';
  return { who: word('who'), and: word('and'), instead: word('instead'), from: word('from'), until: word('until') };
}

function fault(isWrong: boolean, field: DutyField, code: DutyFault['code']): readonly DutyFault[] {
  return isWrong ? [{ field, code }] : [];
}

/** What cannot be chosen together: it must not be guessed which of it was meant. */
function togetherFaults({ who, and, instead }: Words): readonly DutyFault[] {
  const isNoOfficer = who === NOBODY || who === ROTA;
  if (isNoOfficer && and !== '') return [{ field: 'and', code: 'nobody_alone' }];
  const isOne = instead !== EVERYBODY && instead !== '';
  return fault(isOne && (isNoOfficer || and !== ''), 'instead', 'one_for_one');
}

function wantedOf({ who, and, instead }: Words, span: Span): WantedDuty {
  if (instead !== EVERYBODY) return { kind: 'replace', officer: instead, by: who, ...span };
  if (who === NOBODY) return { kind: 'gap', ...span };
  if (who === ROTA) return { kind: 'rota', ...span };
  return { kind: 'cover', officers: and === '' ? [who] : [who, and], ...span };
}
