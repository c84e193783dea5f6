import { firstHead, type SealedEntry } from '../journal/entry.ts';
import type { JournalSource, LoneCheckpoint } from '../journal/item.ts';
import { headsIn } from '../journal/marks.ts';
import { INSTALLATION } from '../journal/stream.ts';
import type { Register, StoredEntry } from '../ports/register.ts';

/** Entries that are read at once. */
const PAGE = 500;

export type JournalReading = {
  readonly register: Register;
  /** Id of the installation. */
  readonly installation: string;
  /** Called between two pages, so that a long journal does not hold up the rest of the process. */
  readonly pause: () => Promise<void>;
};

/** The whole journal as it stands in the store. */
export function wholeJournal(reading: JournalReading): JournalSource {
  return sourceOf(reading, everyStream(reading));
}

/** One stream, with the newest checkpoint that names it, so that its end can be judged elsewhere too. */
export async function singleStream(reading: JournalReading, stream: string): Promise<JournalSource> {
  const checkpoint = await checkpointOf(reading, stream);
  const source = sourceOf(reading, entriesOf(reading, stream));
  return checkpoint === undefined ? source : { ...source, checkpoint };
}

function sourceOf({ register, installation }: JournalReading, entries: AsyncIterable<SealedEntry>): JournalSource {
  return { installation, entries, contents: (ids) => register.contents(ids) };
}

/** The heads are asked for after `installation` was read: what its checkpoints name is then there. */
async function* everyStream(reading: JournalReading): AsyncGenerator<SealedEntry> {
  yield* entriesOf(reading, INSTALLATION);
  for (const { stream } of await reading.register.heads()) {
    if (stream !== INSTALLATION) yield* entriesOf(reading, stream);
  }
}

/** The entries of a stream in their order, a page at a time. */
export async function* entriesOf(
  { register, pause }: JournalReading,
  stream: string,
  first = 1,
): AsyncGenerator<StoredEntry> {
  for (let from = first; ; ) {
    const page = await register.entries(stream, from, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.n + 1;
    await pause();
  }
}

async function checkpointOf(reading: JournalReading, stream: string): Promise<LoneCheckpoint | undefined> {
  let found: LoneCheckpoint | undefined;
  let previous = firstHead(reading.installation, INSTALLATION).hash;
  for await (const { n, body, hash } of entriesOf(reading, INSTALLATION)) {
    if (headsIn(body).some((head) => head.stream === stream)) found = { n, body, hash, previous };
    previous = hash;
  }
  return found;
}
