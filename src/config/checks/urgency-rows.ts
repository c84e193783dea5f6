import { KINDS } from '../../request/kinds.ts';
import { field, items, oneOrMoreItems } from '../raw.ts';
import { type Check, texts, twice, unknown } from './references.ts';

/** Rows that a desk adds have ids of their own and name kinds that there are, and sources of the desk. */
export const checkUrgencyRows: Check = (file) =>
  items(field(file, 'desks')).flatMap((desk) => {
    const rows = items(field(desk, 'urgency_rows'));
    const named = (condition: string) => rows.flatMap((row) => oneOrMoreItems(field(field(row, 'when'), condition)));
    const sources = items(field(desk, 'sources')).map((source) => field(source, 'id'));
    return [
      ...twice(
        rows.map((row) => field(row, 'id')),
        'the id of a row',
      ),
      ...unknown(
        named('kind'),
        KINDS.map(({ id }) => id),
        'a kind of request',
      ),
      ...unknown(named('source'), texts(sources), 'a source of this desk'),
    ];
  });
