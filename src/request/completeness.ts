import type { Item, Kind } from './kind.ts';
import type { Message } from './message.ts';
import { isAnsweredByField } from './message-fields.ts';
import { saysNo, saysNothing, saysNotKnown } from './said-words.ts';
import type { Text } from './text.ts';

/** What a request of this kind still lacks. It informs: nothing is ever held up by it. */
export type Completeness = {
  /** Nothing that the law asks for is missing. */
  readonly complete: boolean;
  /** The law's items first, each group in the order of its articles. */
  readonly missing: readonly MissingItem[];
  /** Ids of items that the sender declared not known, where that is an answer. */
  readonly notKnown: readonly string[];
};

export type MissingItem = {
  readonly item: string;
  readonly article: string;
  readonly requirement: Item['requirement'];
  readonly why: 'missing' | 'not_known' | 'denied';
  /** "Art. 29(2)(e) necessity is missing". The value `item` is itself a message key. */
  readonly sentence: Text;
};

type Said = 'answered' | 'not_known' | MissingItem['why'];

/** Which items of `kind` the message leaves open. Never throws, whatever the message holds. */
export function completeness(kind: Kind, message: Message): Completeness {
  const said = kind.items.map((item) => ({ item, said: whatIsSaid(item, message) }));
  const missing = said.flatMap(({ item, said }) =>
    said === 'answered' || (said === 'not_known' && item.mayBeNotKnown) ? [] : [missingItem(item, said)],
  );
  const ofLaw = missing.filter(({ requirement }) => requirement === 'law');
  return {
    complete: ofLaw.length === 0,
    missing: [...ofLaw, ...missing.filter(({ requirement }) => requirement === 'helpful')],
    notKnown: said.flatMap(({ item, said }) => (said === 'not_known' && item.mayBeNotKnown ? [item.id] : [])),
  };
}

function whatIsSaid(item: Item, message: Message): Said {
  const answer = Object.hasOwn(message.items, item.id) ? (message.items[item.id] ?? '') : '';
  if (!saysNothing(answer)) {
    if (saysNotKnown(answer)) return 'not_known';
    if (item.mustBeAffirmed && saysNo(answer)) return 'denied';
    return 'answered';
  }
  return item.answeredBy !== undefined && isAnsweredByField(item.answeredBy, message) ? 'answered' : 'missing';
}

function missingItem(item: Item, why: MissingItem['why']): MissingItem {
  const { id, article, requirement, name } = item;
  return {
    item: id,
    article,
    requirement,
    why,
    sentence: { key: `completeness.${why}`, values: { article, item: name } },
  };
}
