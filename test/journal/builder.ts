import type { Instant } from '../../rota/instant.ts';
import { checkpointDrafts, checkpointedHeads, checkpointText } from '../../src/journal/checkpoint.ts';
import { digestOf, type StoredContent } from '../../src/journal/content.ts';
import { type EntryDraft, firstHead, type SealedEntry, seal } from '../../src/journal/entry.ts';
import { writeExport } from '../../src/journal/export.ts';
import { type JournalItem, journalItems, type LoneCheckpoint } from '../../src/journal/item.ts';
import type { ContentRef } from '../../src/journal/marks.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';

const SYSTEM = { kind: 'system' } as const;
const START = Date.UTC(2026, 10, 22, 3, 0, 0, 125);

/** A journal in memory: what a store would keep. Salts and times are counted, so that every run gives the same. */
export class TestJournal {
  epoch = 1;
  now: Instant = START;
  readonly installation: string;
  readonly streams = new Map<string, SealedEntry[]>([[INSTALLATION, []]]);
  readonly contents = new Map<string, StoredContent>();

  constructor(installation = '3f2b8c1e-5a07-4d1c-9a64-0d5c6f1b7e21') {
    this.installation = installation;
  }

  append(stream: string, type: string, data: EntryDraft['data'], actor: EntryDraft['actor'] = SYSTEM): SealedEntry {
    const entries = this.streams.get(stream) ?? [];
    this.streams.set(stream, entries);
    const { installation, epoch } = this;
    const head = entries.at(-1) ?? firstHead(installation, stream);
    const entry = seal({ installation, epoch, stream }, head, this.now, { type, actor, data });
    entries.push(entry);
    this.now += 1000;
    return entry;
  }

  keep(id: string, text: string | Uint8Array): ContentRef {
    const salt = Uint8Array.from({ length: 32 }, (_, i) => i + this.contents.size);
    const bytes = Buffer.from(text);
    this.contents.set(id, { id, salt, bytes });
    return { content: id, sha256: digestOf(salt, bytes) };
  }

  /** Erases content as the store has to: with an entry in the same step. */
  erase(stream: string, id: string): void {
    this.contents.set(id, { id, erasedAt: this.now });
    this.append(stream, 'content.erased/1', { contents: [{ erased: id }] });
  }

  /** Takes a checkpoint and returns the line that leaves the house. */
  checkpoint(): string {
    const known = checkpointedHeads(this.entries(INSTALLATION).map(({ body }) => body));
    const heads = [...this.streams.values()].flatMap((entries) => entries.slice(-1));
    const sealed = checkpointDrafts(known, heads, SYSTEM).map((draft) =>
      this.append(INSTALLATION, draft.type, draft.data),
    );
    return checkpointText(sealed.at(-1) ?? { stream: '', n: 0, body: '', hash: '' });
  }

  entries(stream: string): readonly SealedEntry[] {
    return this.streams.get(stream) ?? [];
  }

  /** The items of the whole journal, or of one stream with a checkpoint's entry. */
  async items(stream?: string, checkpoint?: LoneCheckpoint): Promise<JournalItem[]> {
    const source = {
      installation: this.installation,
      entries: stream === undefined ? [...this.streams.values()].flat() : this.entries(stream),
      contents: async (ids: readonly string[]) => {
        return new Map(ids.flatMap((id) => [...this.contents].filter(([kept]) => kept === id)));
      },
      ...(checkpoint === undefined ? {} : { checkpoint }),
    };
    return Array.fromAsync(journalItems(source));
  }

  /** An entry of `installation` taken out of its chain. */
  lone(n: number): LoneCheckpoint {
    const entries = this.entries(INSTALLATION);
    const { hash: previous } = entries[n - 2] ?? firstHead(this.installation, INSTALLATION);
    const { body = '', hash = '' } = entries[n - 1] ?? {};
    return { n, previous, body, hash };
  }
}

export async function exported(items: readonly JournalItem[]): Promise<Buffer> {
  return Buffer.from((await Array.fromAsync(writeExport(items))).join(''));
}

export const ONE = 'request/5d3c9f60-0000-4000-8000-000000000001';
export const TWO = 'request/5d3c9f60-0000-4000-8000-000000000002';

/** A journal of a night: two requests, a rota, an access log, content, an erasure, a restore and two checkpoints. */
export function aNight(): { journal: TestJournal; first: string; second: string } {
  const journal = new TestJournal();
  const officer = { kind: 'officer', officer: 'reyes' } as const;
  journal.append(INSTALLATION, 'revision.applied/1', { revision: 1 }, { kind: 'shell', user: 'root' });
  const message = journal.keep('c-1', '{"sender":{"person":"Zoë <b>"},"text":"Hilfe \u2028 \u202e 火"}');
  const received = { shortId: 'K7Q2', urgency: 'emergency', message };
  journal.append(ONE, 'request.received/1', received, { kind: 'source', source: 'portal' });
  journal.append(ONE, 'step.rang/1', { round: 1, pages: [{ officer: 'reyes', method: 'm1' }] });
  journal.append(ONE, 'note.written/1', { text: journal.keep('c-2', 'called the provider') }, officer);
  journal.append('rota/main', 'override.made/1', { officer: 'reyes', by: 'okafor' }, officer);
  const again = journal.keep('c-3', '');
  journal.append(TWO, 'request.received/1', { message: again }, { kind: 'requester' });
  journal.append('access/main/2026-11', 'page.seen/1', { request: ONE }, officer);
  const first = journal.checkpoint();
  journal.epoch = 2;
  journal.append(INSTALLATION, 'store.restored/1', { lostFrom: '2026-11-22T03:10:00.000Z' });
  journal.append(ONE, 'request.acknowledged/1', { by: 'reyes' }, officer);
  journal.erase(ONE, 'c-2');
  journal.append(ONE, 'attachment.added/1', {
    attachment: 'a-1',
    bytes: journal.keep('c-4', Uint8Array.of(255, 0, 10, 13, 128)),
  });
  const second = journal.checkpoint();
  journal.append(TWO, 'request.reopened/1', { message: again }, officer);
  return { journal, first, second };
}
