import type { Instant } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Reply, RequestLine, Undone } from '../../commands/reply.ts';
import { refusalText } from '../../locales/refusal-text.ts';
import type { Refusal } from '../../request/command.ts';
import { kindOf } from '../../request/kinds.ts';
import type { Reader } from '../viewer.ts';
import { helpLines } from './command-box-help.ts';
import type { Line, Told } from './command-box-line.ts';
import { misreadText } from './command-box-misread.ts';
import { fullTime } from './command-box-time.ts';
import { nameOfThing } from './names.ts';

/** A reply in the words of the reader, for the page and for the command line. Nothing in it is markup. */
export function tell(reader: Reader, reply: Reply): Told {
  const tone = reply.result === 'refused' || reply.result === 'misread' ? 'not_done' : 'done';
  return { tone, lines: linesOf(reader, reply) };
}

function linesOf(reader: Reader, reply: Reply): readonly Line[] {
  const { text } = reader;
  switch (reply.result) {
    case 'done':
      return done(reader, reply);
    case 'refused':
      return refused(reader, reply);
    case 'misread':
      return [{ text: misreadText(reader, reply.misread) }];
    case 'requests': {
      const title = text(`reply.${reply.list}`, { count: reply.requests.length });
      const leftOut = reply.leftOut.join(', ');
      const notes = [
        leftOut !== '' && text('reply.left_out', { conditions: leftOut }),
        reply.more && text('reply.more'),
        reply.indexing && text('reply.indexing'),
      ];
      return [...plain(title), ...reply.requests.map((one) => requestLine(reader, one)), ...plain(...notes)];
    }
    case 'status':
      return status(reader, reply);
    case 'who':
      return reply.officers.map(({ officer, isOnDuty, has }) => ({
        text: text('reply.who', {
          officer: reader.nameOf(officer),
          duty: isOnDuty ? 'yes' : 'no',
          has: has.length === 0 ? 'none' : has.join(', '),
        }),
      }));
    case 'duty':
      return duty(reader, reply);
    case 'help':
      return helpLines(reader, reply.words);
  }
}

function plain(...texts: readonly (string | false | undefined)[]): readonly Line[] {
  return texts.flatMap((text) => (typeof text === 'string' ? [{ text }] : []));
}

type Of<R extends Reply['result']> = Extract<Reply, { result: R }>;

function done(reader: Reader, { action, requests, others, assumed, times }: Of<'done'>): readonly Line[] {
  const { text } = reader;
  const ids = requests.map(({ shortId }) => shortId).join(', ');
  const zone = requests[0]?.zone ?? 'UTC';
  const echoed = Object.entries(times).map(([name, at]) =>
    text('reply.time', { what: text(`label.${action}.${name}`), time: fullTime(reader, zone, at) }),
  );
  return [
    ...plain(
      text('reply.done', { action: text(`action.${action}`), requests: ids }),
      assumed && text('reply.assumed', { request: ids }),
      ...echoed,
    ),
    ...requests.map((one) => requestLine(reader, one)),
    ...undoneLines(reader, others, zone),
  ];
}

function undoneLines(reader: Reader, others: readonly Undone[], zone: string): readonly Line[] {
  if (others.length === 0) return [];
  return plain(reader.text('reply.others'), ...others.map((one) => undoneText(reader, one, zone)));
}

function undoneText(reader: Reader, undone: Undone, zone: string): string {
  const { text, nameOf } = reader;
  const { shortId } = undone;
  switch (undone.why) {
    case 'raised':
      return text('reply.undone.raised', { shortId });
    case 'has_owner': {
      const at = short(reader, zone, undone.at);
      return text('reply.undone.has_owner', { shortId, owner: nameOf(undone.owner), at });
    }
    case 'refused':
      return text('reply.undone.refused', { shortId, why: whyNot(reader, undone.refusal, zone) });
  }
}

function refused(reader: Reader, reply: Of<'refused'>): readonly Line[] {
  const { text } = reader;
  switch (reply.why) {
    case 'rules': {
      const { request, refusal } = reply;
      const why = whyNot(reader, refusal, request.zone);
      const now = text('reply.now', { line: requestLine(reader, request).text });
      return [...plain(text('reply.undone.refused', { shortId: request.shortId, why })), { text: now, id: request.id }];
    }
    case 'bundle':
      return undoneLines(reader, reply.others, 'UTC');
    case 'unknown_request':
      return plain(text('reply.unknown_request', { name: reply.name, nearest: reply.nearest ?? 'none' }));
    case 'not_your_desk':
      return plain(text('refused.not_your_desk'));
  }
}

function whyNot(reader: Reader, refusal: Refusal, zone: string): string {
  return refusalText(reader.text, refusal, { officer: reader.nameOf, time: (at) => short(reader, zone, at) });
}

function status(reader: Reader, { request, clocks, missing, asked, assumed }: Of<'status'>): readonly Line[] {
  const { text } = reader;
  const { shortId, zone, kind } = request;
  const items = kindOf(kind)?.items.filter(({ id }) => missing.includes(id)) ?? [];
  const said: readonly (readonly [string, string | undefined])[] = [
    [text('reply.received'), short(reader, zone, request.receivedAt)],
    [text('asked.from'), asked?.from],
    [text('asked.own_reference'), asked?.ownReference],
    [text('asked.subject'), asked?.subject],
    [text('asked.text'), asked?.text],
  ];
  return [
    ...plain(assumed && text('reply.assumed', { request: shortId })),
    requestLine(reader, request),
    ...plain(
      ...said.map(([what, time]) => time !== undefined && text('reply.time', { what, time })),
      items.length > 0 && text('reply.missing', { items: items.map(({ article }) => article).join(', ') }),
      ...clocks.map(({ name, dueAt }) =>
        text('reply.clock', { clock: nameOfThing(reader, 'clock', name), due: short(reader, zone, dueAt) }),
      ),
    ),
  ];
}

/** `K7Q2 · Emergency · Preservation · T-2026-0042 · Ana Example has it since 03:12, progress due 03:42`. */
function requestLine(reader: Reader, request: RequestLine): Line {
  const { text } = reader;
  const { id, shortId, urgency, kind, reference } = request;
  const parts = [shortId, text(`urgency.${urgency}`), nameOfThing(reader, 'kind', kind), reference];
  return { text: [...parts, standing(reader, request)].join(' · '), id };
}

function standing(reader: Reader, request: RequestLine): string {
  const { text, nameOf } = reader;
  const { status: now, zone, owner = '', acknowledgedAt, nextAt, waitsUntil, outcome } = request;
  const time = (at: Instant | undefined) => (at === undefined ? '' : short(reader, zone, at));
  if (now === 'open') return text('reply.standing.open', { next: time(nextAt) });
  if (now !== 'acknowledged') {
    const result = outcome === undefined ? 'none' : text(`outcome.${outcome}`);
    return text('reply.standing.over', { status: text(`status.${now}`), outcome: result });
  }
  const has = { owner: nameOf(owner), at: time(acknowledgedAt) };
  if (waitsUntil !== undefined) return text('reply.standing.waiting', { ...has, until: time(waitsUntil) });
  return text('reply.standing.acknowledged', { ...has, next: time(nextAt) });
}

function duty(reader: Reader, { desks }: Of<'duty'>): readonly Line[] {
  const { text } = reader;
  const names = (officers: readonly OfficerId[]) => officers.map(reader.nameOf).join(', ');
  const lines = desks.flatMap(({ name: desk, zone, onDuty, until, next, gaps }) => [
    text('reply.duty.now', {
      desk,
      officers: names(onDuty) || 'none',
      until: until === undefined ? 'none' : fullTime(reader, zone, until),
    }),
    next && text('reply.duty.next', { desk, officers: names(next.officers), from: fullTime(reader, zone, next.from) }),
    ...gaps.map(({ start, end }) =>
      text('reply.duty.gap', { desk, from: fullTime(reader, zone, start), until: fullTime(reader, zone, end) }),
    ),
  ]);
  return lines.length === 0 ? plain(text('reply.no_desk')) : plain(...lines);
}

function short(reader: Reader, zone: string, at: Instant): string {
  return reader.timesIn(zone).short(at, reader.now);
}
