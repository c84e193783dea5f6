import { fold } from './fold.ts';

/** How senders of many countries write that they do not know. Compared folded, as the whole answer. */
const NOT_KNOWN = new Set(
  `not known, unknown, not yet known, not available, none available, none known, n/k,
   inconnu, inconnue, non connu, pas connu, non disponible, desconocido, no conocido, no disponible, se desconoce,
   desconhecido, nao conhecido, nao disponivel, unbekannt, nicht bekannt, nicht verfugbar, sconosciuto, non noto,
   necunoscut, nu se cunoaste, bilinmiyor, bilinmemektedir, nieznany, nieznane, brak danych, onbekend, niet bekend,
   неизвестно, неизвестен, не известно, неизвестна, невідомо, невідомий, άγνωστο, άγνωστος, δεν είναι γνωστό,
   غير معروف, مجهول, 未知, 不明, 不详, 不詳`
    .split(',')
    .map((word) => fold(word.trim())),
);

/** How they write "no" where a statement was to be made. */
const NO = new Set(
  'no, not intended, not planned, none, false, 0, n, non, nein, nao, nu, hayir, nie, nee, neen, нет, не, ні, όχι, لا, 否, いいえ'
    .split(',')
    .map((word) => fold(word.trim())),
);

const EDGES = /^[\p{P}\s]+|[\p{P}\s]+$/gu;

/** True for "not known", "Unbekannt.", "(desconocido)": the whole answer says so, not a sentence that contains it. */
export function saysNotKnown(answer: string): boolean {
  return NOT_KNOWN.has(trimmed(answer));
}

export function saysNo(answer: string): boolean {
  return NO.has(trimmed(answer));
}

/** True for an empty answer and for "-", "?", "n/a" and the like. */
export function saysNothing(answer: string): boolean {
  const said = trimmed(answer);
  return said === '' || said === 'n/a' || !/[\p{L}\p{N}\p{S}]/u.test(said);
}

function trimmed(answer: string): string {
  return answer.length > 100 ? answer : fold(answer).replace(EDGES, '').replace(/\s+/g, ' ');
}
