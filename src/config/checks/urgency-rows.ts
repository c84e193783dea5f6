import { KINDS } from '../../request/kinds.ts';
import { field, items, oneOrMoreItems } from '../raw.ts';
import { type Check, twice, unknown } from './references.ts';

/** Rows that a desk adds have ids of their own and name kinds that there are. */
export const checkUrgencyRows: Check = (file) =>
  items(field(file, 'desks')).flatMap((desk) => {
    const rows = items(field(desk, 'urgency_rows'));
    const kinds = rows.flatMap((row) => oneOrMoreItems(field(field(row, 'when'), 'kind')));
    return [
      ...twice(
        rows.map((row) => field(row, 'id')),
        'the id of a row',
      ),
      ...unknown(
        kinds,
        KINDS.map(({ id }) => id),
        'a kind of request',
      ),
    ];
  });
