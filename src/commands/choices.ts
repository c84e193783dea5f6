import type { FieldKind } from '../desk/actions.ts';
import { MEANS, RECIPIENTS, STOP_REASONS } from '../request/said-codes.ts';
import { URGENCIES } from '../request/urgency.ts';
import { keysOf, phraseAt, type Token } from './tokens.ts';

/** What may be chosen, for the kinds of argument that have a list. */
export type Choices = Readonly<Partial<Record<FieldKind, readonly string[]>>>;

/** Those lists that are the same everywhere. */
export const FIXED_CHOICES: Choices = {
  urgency: URGENCIES,
  duty: ['receipt', 'start', 'progress'],
  agreement: ['yes', 'no'],
  means: MEANS,
  recipient: RECIPIENTS,
  stop_reason: STOP_REASONS,
};

/** How people say a choice beside its own name, in English, then in French. */
export const SAID: Readonly<Partial<Record<FieldKind, Readonly<Record<string, readonly string[]>>>>> = {
  urgency: {
    emergency: ['emergency', 'life', 'urgence vitale', 'urgence', 'vitale'],
    urgent: ['urgent', 'urgente'],
    test: ['test'],
    routine: ['routine', 'normal', 'courant', 'courante'],
  },
  duty: {
    receipt: ['receipt', 'accusé de réception', 'réception', 'accusé'],
    start: ['start', 'started', 'début', "début de l'exécution"],
    progress: ['progress', 'news', 'avancement', 'nouvelles'],
  },
  agreement: { yes: ['yes', 'agreed', 'oui', "d'accord"], no: ['no', 'non'] },
  means: {
    mail: ['mail', 'e-mail', 'email', 'courriel', 'mél'],
    phone: ['phone', 'telephone', 'téléphone', 'tél'],
    portal: ['portal', 'portail'],
    network: ['network', 'réseau'],
    chat: ['chat', 'messagerie'],
    letter: ['letter', 'post', 'lettre', 'courrier'],
    in_person: ['in person', 'en personne', 'de vive voix'],
    other: ['other', 'autre', 'autre moyen'],
  },
  recipient: {
    other_desk: ['other desk', 'another desk', 'autre permanence', 'autre bureau'],
    mla_authority: ['mla', 'mla authority', 'entraide', "autorité d'entraide"],
    prosecution: ['prosecution', 'prosecutor', 'parquet', 'procureur'],
    police: ['police', 'the police', 'la police'],
    other_contact_point: ['contact point', 'other contact point', 'another contact point', 'point de contact'],
    provider: ['provider', 'the provider', 'fournisseur', 'le fournisseur'],
    other: ['other', 'somebody else', 'autre'],
  },
  stop_reason: {
    withdrawn: ['withdrawn', 'it was withdrawn', 'retirée', 'retrait'],
    agreed: ['agreed', 'convenu', 'accord'],
    done_elsewhere: ['done elsewhere', 'elsewhere', 'fait ailleurs', 'ailleurs'],
    not_applicable: ['not applicable', 'n/a', 'sans objet'],
    other: ['other', 'autre', 'autre motif'],
  },
  kind: {
    preservation: ['preservation', 'conservation', 'gel'],
    emergency_disclosure: ['emergency disclosure', 'disclosure', 'divulgation', 'divulgation en urgence'],
    other: ['other', 'autre'],
  },
  ground: {
    political_offence: ['political offence', 'political', 'infraction politique', 'politique'],
    essential_interests: ['essential interests', 'intérêts essentiels'],
    dual_criminality: ['dual criminality', 'double incrimination'],
    own_words: ['own words', 'other', 'autre motif', 'autre'],
  },
  reason: {
    no_preservation_law: ['no preservation law', 'no law', 'aucune loi', 'pas de loi'],
    court_order_needed: [
      'court order needed',
      'court order',
      'ordonnance nécessaire',
      'ordonnance',
      'décision judiciaire',
    ],
    data_not_retained: ['data not retained', 'not retained', 'données non conservées', 'non conservées'],
    signed_form_needed: ['signed form needed', 'signed form', 'formulaire signé'],
    other_network: ['other network', 'another network', 'autre réseau'],
    other: ['other', 'autre', 'autre raison'],
  },
  clock: {
    receipt: ['receipt', 'réception', 'accusé de réception'],
    answer: ['answer', 'réponse'],
    preservation_done: ['preservation done', 'preservation', 'conservation effectuée', 'conservation'],
    hold: ['hold', 'fin de la conservation'],
    progress_promised: ['progress promised', 'progress', 'nouvelles promises', 'nouvelles'],
  },
};

/** The choice that is said from `at` on, in the longest way, and how many tokens that is. */
export function choiceAt(
  tokens: readonly Token[],
  at: number,
  kind: FieldKind,
  allowed: readonly string[],
): { readonly value: string; readonly length: number } | undefined {
  const found = allowed
    .map((value) => ({ value, length: phraseAt(tokens, at, waysToSay(kind, value)) }))
    .filter(({ length }) => length > 0);
  return found.sort((a, b) => b.length - a.length)[0];
}

function waysToSay(kind: FieldKind, value: string): readonly (readonly string[])[] {
  return [value, value.replaceAll('_', '-'), value.replaceAll('_', ' '), ...(SAID[kind]?.[value] ?? [])].map(keysOf);
}
