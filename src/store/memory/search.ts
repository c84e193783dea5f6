import type { Prisma } from '../../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../../rota/instant.ts';
import { requestStream } from '../../journal/stream.ts';
import { type Asked, MOST_COUNTED, type ReadForSearch, type Search } from '../../ports/search.ts';
import { requestOf } from '../rows.ts';
import { canMatch, joinWords } from '../search-words.ts';
import { requestIn } from '../streams.ts';
import type { Row } from '../tables.ts';
import type { Access } from './database.ts';
import { by } from './order.ts';
import { key, type Tables } from './tables.ts';

export function makeSearch(access: Access): Search {
  const { tables } = access;
  return {
    findRequests: async (asked, limit) => {
      access.at('findRequests');
      if (!canMatch(asked)) return { rows: [], total: 0 };
      const found = tables.request.all().filter((row) => isAsked(tables, asked, row));
      // Newest first, and of two ids the greater first, as the databases have it.
      const rows = found.sort(by((row) => [row.id])).reverse();
      rows.sort(by((row) => [Number(row.status === 'closed'), -row.receivedAt]));
      return { rows: rows.slice(0, limit).map(requestOf), total: Math.min(rows.length, MOST_COUNTED) };
    },

    entriesOf: async (requestIds, types, most) => {
      access.at('entriesOf');
      return [...requestIds].sort().flatMap((requestId) => {
        const stream = requestStream(requestId);
        const length = tables.stream.get(stream)?.n ?? 0;
        return Array.from({ length }, (_, i) => tables.journalEntry.get(key(stream, i + 1)))
          .flatMap((row) => (row !== undefined && types.includes(row.type) ? [row] : []))
          .slice(-most)
          .map(({ type, body }) => ({ requestId, type, body }));
      });
    },

    searchDue: async (limit) => {
      access.at('searchDue');
      return tables.searchDue.all().slice(0, limit);
    },

    takeIn: async (read) => {
      access.at('takeIn');
      for (const one of read) takeIn(tables, one);
    },

    eraseContents: async (ids, at) => {
      access.at('eraseContents');
      for (const id of ids) erase(tables, id, at);
    },
  };
}

type Request = Row<Prisma.RequestModel>;

function isAsked(tables: Tables, asked: Asked, row: Request): boolean {
  const { terms, statuses, urgencies, kinds, owner, waiting, since, before, only, except, seenBy } = asked;
  const among = (values: readonly string[] | undefined, value: string) => values?.includes(value) ?? true;
  return (
    among(statuses, row.status) &&
    among(urgencies, row.urgency) &&
    among(kinds, row.kind) &&
    among(only, row.id) &&
    except?.includes(row.id) !== true &&
    (owner === undefined || row.owner === owner) &&
    (since === undefined || row.receivedAt >= since) &&
    (before === undefined || row.receivedAt < before) &&
    (waiting === undefined || (row.status === 'acknowledged' && JSON.parse(row.state).waiting !== undefined)) &&
    (seenBy === undefined || isSeen(tables, seenBy, row)) &&
    hasWords(tables, terms, row)
  );
}

function isSeen(
  tables: Tables,
  { desks, officer }: NonNullable<Asked['seenBy']>,
  { id, desk, owner }: Request,
): boolean {
  const involved = [desk, ...tables.pagedDesk.all().flatMap((row) => (row.requestId === id ? [row.desk] : []))];
  if (owner === officer || involved.some((one) => desks.includes(one))) return true;
  return tables.delivery.by('request', id).some((row) => row.officer === officer);
}

function hasWords(tables: Tables, terms: Asked['terms'], { id }: Request): boolean {
  if (terms.length === 0) return true;
  const words = tables.searchWords.get(id)?.words.split(' ') ?? [];
  return terms.every(({ word, prefix }) => words.some((one) => (prefix ? one.startsWith(word) : one === word)));
}

function takeIn(tables: Tables, { due, contents, words }: ReadForSearch): void {
  const { requestId, n } = due;
  if (contents.some((id) => tables.content.get(id)?.bytes === null)) return;
  if (tables.searchDue.get(key(requestId, n)) === undefined) return;
  tables.searchDue.remove(key(requestId, n));
  const before = tables.searchWords.get(requestId);
  const request = tables.request.get(requestId);
  if (request === undefined) return;
  tables.searchWords.put({ id: request.receivedAt, requestId, words: joinWords(before?.words, words) });
}

function erase(tables: Tables, id: string, erasedAt: Instant): void {
  const row = tables.content.get(id);
  if (row === undefined || row.bytes === null) return;
  tables.content.put({ ...row, salt: null, bytes: null, erasedAt });
  const requestId = requestIn(row.stream);
  const request = requestId === undefined ? undefined : tables.request.get(requestId);
  if (request === undefined) return;
  tables.searchWords.remove(request.id);
  tables.searchDue.put({ requestId: request.id, n: 1, last: request.version });
}
