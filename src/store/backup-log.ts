import { open, readFile } from 'node:fs/promises';

/** From https://www.sqlite.org/fileformat2.html#walformat. All numbers in the headers are big-endian. */
const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;

/**
 * Writes the pages of a write-ahead log of SQLite into a copy of its file, up to the last commit in it; how many. The log
 * may begin earlier than the copy does, since the newest page of each number comes last. Throws when it is no such log.
 */
export async function applyLog(log: string, file: string): Promise<number> {
  const bytes = await readFile(log);
  if (bytes.length === 0) return 0;
  const pageSize = pageSizeOf(bytes);
  const frames = committedFrames(bytes, pageSize);
  const handle = await open(file, 'r+');
  try {
    for (const { page, at } of frames) {
      await handle.write(bytes, at, pageSize, (page - 1) * pageSize);
    }
  } finally {
    await handle.close();
  }
  return frames.length;
}

function pageSizeOf(log: Buffer): number {
  const isLog = log.length >= HEADER && (log.readUInt32BE(0) | 1) === (MAGIC | 1);
  const size = isLog ? log.readUInt32BE(8) : 0;
  if (size < 512) throw new Error('expected a write-ahead log of SQLite');
  return size;
}

/** The number of a page, and where its bytes stand in the log. */
type Frame = { readonly page: number; readonly at: number };

/** Those that SQLite itself would take: of this log and not of an older one in the same file, and committed. */
function committedFrames(log: Buffer, pageSize: number): readonly Frame[] {
  const sum = new Checksum(log.readUInt32BE(0) === MAGIC);
  sum.add(log, 0, FRAME_HEADER);
  const frames: Frame[] = [];
  let committed = 0;
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= log.length; at += FRAME_HEADER + pageSize) {
    const page = log.readUInt32BE(at);
    sum.add(log, at, 8);
    sum.add(log, at + FRAME_HEADER, pageSize);
    const isOfThisLog = log.compare(log, 16, 24, at + 8, at + 16) === 0;
    if (page === 0 || !isOfThisLog || !sum.isAt(log, at + 16)) break;
    frames.push({ page, at: at + FRAME_HEADER });
    // The size of the file after a commit; 0 where there is none.
    if (log.readUInt32BE(at + 4) !== 0) committed = frames.length;
  }
  return frames.slice(0, committed);
}

/** The running checksum of a log. It adds up numbers of 32 bits, in the byte order of the machine that wrote it. */
class Checksum {
  readonly #isLittle: boolean;
  #first = 0;
  #second = 0;

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle;
  }

  add(bytes: Buffer, from: number, length: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, length);
    for (let at = 0; at < length; at += 8) {
      this.#first = (this.#first + view.getUint32(at, this.#isLittle) + this.#second) >>> 0;
      this.#second = (this.#second + view.getUint32(at + 4, this.#isLittle) + this.#first) >>> 0;
    }
  }

  isAt(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }
}
