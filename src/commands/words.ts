import { ACTIONS, type FieldKind } from '../desk/actions.ts';
import type { CommandType } from '../request/command.ts';
import { type InTongues, type Leads, leads } from './leads.ts';

/** One thing that is to be said with a word. */
export type Argument = {
  /** For an action, the name of its field. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** What may stand before it. */
  readonly lead: InTongues<readonly string[]>;
};

export type Word = {
  readonly name: string;
  /** What does it: an action on a request, or nothing, for what is only looked at. */
  readonly action?: CommandType;
  /** The first of each language is the one that is shown. */
  readonly names: InTongues<readonly string[]>;
  /** Whether a request is named; `or_the_only_one`: its name may be left out where only one can be meant. */
  readonly about: 'request' | 'or_the_only_one' | 'nothing';
  readonly args: readonly Argument[];
  readonly example: InTongues<string>;
};

/** The names of a language, the one that is shown first, and an example. */
type Spoken = readonly [names: string, example: string];

const NAMED = 'request';
const OR_ONLY = 'or_the_only_one';

function action(type: CommandType, about: Word['about'], en: Spoken, fr: Spoken, before: Leads = {}): Word {
  const args = ACTIONS[type].fields.map((field) => ({ ...field, lead: before[field.name] ?? leads.none }));
  return { ...spoken(about, en, fr), action: type, args };
}

function look(about: Word['about'], en: Spoken, fr: Spoken, args: readonly Argument[] = []): Word {
  return { ...spoken(about, en, fr), args };
}

function spoken(about: Word['about'], en: Spoken, fr: Spoken): Omit<Word, 'args'> {
  const names = { en: en[0].split(', '), fr: fr[0].split(', ') };
  return { name: names.en[0] ?? '', names, about, example: { en: en[1], fr: fr[1] } };
}

const words = (name: string, required: boolean): Argument => ({ name, kind: 'words', required, lead: leads.none });

/**
 * Every word of the commands, in the order in which an officer comes to need them. What cannot be undone always names its
 * request.
 */
export const WORDS: readonly Word[] = [
  action('acknowledge', OR_ONLY, ['ack, acknowledge, take', 'ack K7Q2'], ['prendre, acquitter', 'prendre K7Q2']),
  action('pass', OR_ONLY, ['pass, decline', 'pass K7Q2'], ['passer, passe', 'passer K7Q2']),
  look(OR_ONLY, ['status, show', 'status K7Q2'], ['état, statut, voir, montrer', 'état K7Q2']),
  action(
    'verify_sender',
    NAMED,
    ['verify, verify sender', 'verify K7Q2 called back on the number on file'],
    ['vérifier', 'vérifier K7Q2 rappel au numéro connu'],
  ),
  action('choose_kind', NAMED, ['kind', 'kind K7Q2 preservation'], ['type, genre', 'type K7Q2 conservation'], {
    kind: leads.to,
  }),
  action('start', NAMED, ['start', 'start K7Q2'], ['commencer, démarrer', 'commencer K7Q2']),
  action(
    'note',
    OR_ONLY,
    ['note', 'note K7Q2 the provider was called'],
    ['note, noter', 'note K7Q2 le fournisseur a été appelé'],
  ),
  action(
    'wait',
    OR_ONLY,
    ['wait', 'wait K7Q2 until 18:00 for provider because logs are requested'],
    ['attendre', 'attendre K7Q2 jusqu’à 18:00 pour le fournisseur car les journaux sont demandés'],
    { until: leads.until, for: leads.for, because: leads.because },
  ),
  action(
    'ask',
    OR_ONLY,
    ['ask, clarify', 'ask K7Q2 which time zone are the times in?'],
    ['demander, clarifier', 'demander K7Q2 dans quel fuseau sont les heures ?'],
  ),
  action(
    'tell',
    NAMED,
    ['tell, told', 'tell K7Q2 progress by phone at 14:05 next tomorrow 9:00'],
    ['informer', 'informer K7Q2 avancement par téléphone à 14h05 prochaines demain 9h'],
    { channel: leads.by, told_at: leads.at, next_at: leads.next },
  ),
  action(
    'hold',
    NAMED,
    ['hold, preserved', 'hold K7Q2 since 14:05'],
    ['conserver, conservé', 'conserver K7Q2 depuis 14h05'],
    { effective_at: leads.since },
  ),
  action('release', OR_ONLY, ['release, give back', 'release K7Q2'], ['rendre, libérer', 'rendre K7Q2']),
  action('escalate', OR_ONLY, ['escalate, up', 'escalate K7Q2'], ['escalader, escalade', 'escalader K7Q2']),
  action(
    'reassign',
    OR_ONLY,
    ['assign, reassign', 'assign K7Q2 to Ana'],
    ['attribuer, réattribuer, assigner', 'attribuer K7Q2 à Ana'],
    { to: leads.to },
  ),
  action(
    'raise',
    OR_ONLY,
    ['raise', 'raise K7Q2 to emergency because a child is missing'],
    ['élever, relever', 'élever K7Q2 à urgence vitale car un enfant a disparu'],
    { to: leads.to, text: leads.because },
  ),
  action(
    'lower',
    NAMED,
    ['lower', 'lower K7Q2 to urgent because the person was found'],
    ['abaisser, baisser', 'abaisser K7Q2 à urgent car la personne est retrouvée'],
    { to: leads.to, text: leads.because },
  ),
  action('consent', NAMED, ['consent, agree', 'consent K7Q2'], ['consentir, approuver', 'consentir K7Q2']),
  action('review', NAMED, ['review', 'review K7Q2 yes'], ['revoir, réexaminer', 'revoir K7Q2 oui']),
  action('change_policy', NAMED, ['policy', 'policy K7Q2 emergency'], ['politique', 'politique K7Q2 emergency'], {
    policy: leads.to,
  }),
  action(
    'stop_clock',
    NAMED,
    ['stop, stop clock', 'stop K7Q2 clock receipt because withdrawn'],
    ['arrêter', 'arrêter K7Q2 horloge réception car retirée'],
    { clock: leads.clock, reason: leads.because },
  ),
  action(
    'answer',
    NAMED,
    ['answer, answered', 'answer K7Q2 by mail at 14:05 the subscriber data were sent'],
    ['répondre, répondu', 'répondre K7Q2 par courriel à 14h05 les données ont été envoyées'],
    { channel: leads.by, sent_at: leads.at },
  ),
  action(
    'not_possible',
    NAMED,
    ['not-possible, not possible', 'not-possible K7Q2 court order needed'],
    ['impossible, pas possible', 'impossible K7Q2 ordonnance nécessaire'],
    { reason: leads.because },
  ),
  action(
    'forward',
    NAMED,
    ['forward, forwarded', 'forward K7Q2 to police the unit in charge has it'],
    ['transmettre, transférer', 'transmettre K7Q2 à police le service compétent l’a reçue'],
    { to: leads.to },
  ),
  action(
    'refuse',
    NAMED,
    ['refuse', 'refuse K7Q2 essential interests'],
    ['refuser', 'refuser K7Q2 intérêts essentiels'],
    { ground: leads.because },
  ),
  action(
    'no_further_action',
    NAMED,
    ['nfa, no further action', 'nfa K7Q2 the sender withdrew it'],
    ['sans-suite, sans suite', 'sans-suite K7Q2 l’expéditeur l’a retirée'],
  ),
  action('close', NAMED, ['close', 'close K7Q2'], ['clore, clôturer, fermer', 'clore K7Q2']),
  action('reopen', NAMED, ['reopen', 'reopen K7Q2'], ['rouvrir', 'rouvrir K7Q2']),
  look('nothing', ['open, board, requests', 'open'], ['ouvertes, tableau, demandes', 'ouvertes']),
  look('nothing', ['mine, my requests', 'mine'], ['miennes, mes demandes', 'miennes']),
  look(
    'nothing',
    ['find, search', 'find REF-123/2026'],
    ['chercher, trouver', 'chercher REF-123/2026'],
    [words('query', true)],
  ),
  look('nothing', ['who', 'who'], ['qui', 'qui']),
  look('nothing', ['duty, on duty', 'duty'], ['permanence, garde', 'permanence']),
  look('nothing', ['help, ?', 'help wait'], ['aide', 'aide attendre'], [words('word', false)]),
];
