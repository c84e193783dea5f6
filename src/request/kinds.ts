import { DAY, HOUR, MINUTE } from '../../rota/instant.ts';
import type { ClockRule, Item, Kind } from './kind.ts';

const ANY_OUTCOME = ['answered', 'refused', 'not_possible', 'no_further_action', 'forwarded'] as const;

const RECEIPT: ClockRule = {
  name: 'receipt',
  startsWith: 'receipt',
  length: HOUR,
  byUrgency: { emergency: 15 * MINUTE, urgent: 30 * MINUTE, test: 15 * MINUTE, routine: 8 * HOUR },
  warnBefore: 15 * MINUTE,
  basis: 'agreement',
  source: 'Recipients confirm receipt (discussion paper of 2 April 2009, 4.2)',
};

const ANSWER: ClockRule = {
  name: 'answer',
  startsWith: 'receipt',
  length: 8 * HOUR,
  byUrgency: { emergency: HOUR },
  warnBefore: 2 * HOUR,
  basis: 'agreement',
  source: 'Every request, even a refused one, is answered within 8 hours (recommendation to the networks, 2016)',
};

const CONTACT: readonly Item[] = [
  helpful('own_reference', 'Checklist 1', { answeredBy: 'own_reference' }),
  helpful('contact_person', 'Checklist 1', { answeredBy: 'sender_person' }),
  helpful('contact_country', 'Checklist 1', { answeredBy: 'sender_country' }),
  helpful('contact_email', 'Checklist 1', { answeredBy: 'sender_email' }),
  helpful('contact_phone', 'Checklist 1', { answeredBy: 'sender_phone' }),
];

const PRESERVATION: Kind = {
  id: 'preservation',
  name: 'kind.preservation',
  legalBasis: 'Convention on Cybercrime (ETS 185), Art. 29',
  wordingRead: true,
  triagedAs: 'preserve',
  // "Extension" is a status of a request in the template of 2018 (item 3), not a kind of its own.
  mayExtend: true,
  items: [
    law('authority', 'Art. 29(2)(a)', { answeredBy: 'sender_organisation' }),
    law('offence_and_facts', 'Art. 29(2)(b)'),
    law('data', 'Art. 29(2)(c)'),
    law('custodian', 'Art. 29(2)(d)', { mayBeNotKnown: true }),
    law('necessity', 'Art. 29(2)(e)'),
    law('mla_intended', 'Art. 29(2)(f)', { mustBeAffirmed: true }),
    ...CONTACT,
    helpful('responsible_authority', 'Checklist 2'),
    helpful('seriousness', 'Checklist 3'),
    helpful('related_requests', 'Checklist 3', { mayBeNotKnown: true }),
    helpful('data_category', 'Checklist 4'),
    helpful('identifiers', 'Checklist 4', { answeredBy: 'identifiers' }),
    helpful('comm_start', 'Checklist 4', { answeredBy: 'identifier_times' }),
    helpful('comm_end', 'Checklist 4', { answeredBy: 'identifier_times' }),
    helpful('preservation_days', 'Checklist 4, Art. 29(7)'),
    helpful('mla_planned_by', 'Checklist 5', { mayBeNotKnown: true }),
  ],
  outcomes: ANY_OUTCOME,
  refusalGrounds: [
    { code: 'political_offence', article: 'Art. 29(5)(a)', text: 'ground.political_offence' },
    { code: 'essential_interests', article: 'Art. 29(5)(b)', text: 'ground.essential_interests' },
    {
      code: 'dual_criminality',
      article: 'Art. 29(4)',
      text: 'ground.dual_criminality',
      needsReservation: true,
    },
  ],
  groundsClosed: true,
  clocks: [
    RECEIPT,
    ANSWER,
    {
      name: 'preservation_done',
      startsWith: 'receipt',
      length: 24 * HOUR,
      warnBefore: 4 * HOUR,
      basis: 'agreement',
      source: 'Preservation within 24 hours generally works well (project report of 2016, 4)',
    },
    {
      name: 'hold',
      startsWith: 'preservation',
      length: 60 * DAY,
      minimum: 60 * DAY,
      toEndOfDay: true,
      warnBefore: 7 * DAY,
      basis: 'law',
      source: 'Art. 29(7): not less than 60 days; Art. 16(2): up to 90, extensible',
    },
  ],
};

const EMERGENCY_DISCLOSURE: Kind = {
  id: 'emergency_disclosure',
  name: 'kind.emergency_disclosure',
  legalBasis: 'Second Additional Protocol (CETS 224), Art. 9',
  wordingRead: false,
  triagedAs: 'emergency',
  items: [
    law('authority', '2AP Art. 9(3)(a)', { answeredBy: 'sender_organisation' }),
    law('protocol_statement', '2AP Art. 9(3)(b)', { mustBeAffirmed: true }),
    law('provider', '2AP Art. 9(3)(c)'),
    law('offence_and_provisions', '2AP Art. 9(3)(d)'),
    law('emergency_facts', '2AP Art. 9(3)(e)'),
    law('data', '2AP Art. 9(3)(f)'),
    helpful('special_instructions', '2AP Art. 9(3)(g)'),
    helpful('other_information', '2AP Art. 9(3)(h)', { answeredBy: 'text' }),
    ...CONTACT,
  ],
  outcomes: ANY_OUTCOME,
  refusalGrounds: [],
  groundsClosed: false,
  clocks: [
    RECEIPT,
    {
      ...ANSWER,
      length: HOUR,
      warnBefore: 30 * MINUTE,
      basis: 'target',
      source: '2AP Art. 9(6) says "rapidly expedited" and names no hours; one hour is our target',
    },
  ],
};

const OTHER: Kind = {
  id: 'other',
  name: 'kind.other',
  legalBasis: 'Convention on Cybercrime (ETS 185), Art. 35',
  wordingRead: true,
  triagedAs: 'routine',
  items: [helpful('question', 'Art. 35(1)', { answeredBy: 'text' }), helpful('legal_basis', 'Art. 35(1)'), ...CONTACT],
  outcomes: ANY_OUTCOME,
  refusalGrounds: [],
  groundsClosed: false,
  clocks: [RECEIPT, ANSWER],
};

export const KINDS: readonly Kind[] = [PRESERVATION, EMERGENCY_DISCLOSURE, OTHER];

/** What a request is while nobody has chosen its kind. */
export const UNCHOSEN: Kind = OTHER;

/** The kind of this id, or undefined when the registry has none. */
export function kindOf(id: string, kinds: readonly Kind[] = KINDS): Kind | undefined {
  return kinds.find((kind) => kind.id === id);
}

type Traits = Omit<Item, 'id' | 'article' | 'requirement' | 'name'>;

function law(id: string, article: string, traits: Traits = {}): Item {
  return { id, article, requirement: 'law', name: `item.${id}`, ...traits };
}

function helpful(id: string, article: string, traits: Traits = {}): Item {
  return { id, article, requirement: 'helpful', name: `item.${id}`, ...traits };
}
