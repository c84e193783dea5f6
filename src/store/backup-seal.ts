import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Decrypter, Encrypter } from 'age-encryption';

/** The first bytes of what is encrypted with age. */
const AGE = Buffer.from('age-encryption.org/v1\n');
const SLICE = 1024 * 1024;
/** The disk is also that of the store, whose commits wait behind what is written here: so little at a time, and half of the time. */
const FLUSH_EACH = SLICE;

/** What was written. */
export type Written = { readonly bytes: number; readonly sha256: string };
type Chunks = AsyncIterable<Uint8Array>;

/** The bytes of a file, a slice at a time; at most `most` of them. */
export async function* slicesOf(file: string, most = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    for (let at = 0; at < most; ) {
      const slice = new Uint8Array(Math.min(SLICE, most - at));
      const { bytesRead } = await handle.read(slice, 0, slice.length, at);
      if (bytesRead === 0) return;
      yield slice.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

/** Writes a file anew that only its owner may read, and waits for the disk. */
export async function writeSlices(file: string, slices: Chunks): Promise<Written> {
  const handle = await open(file, 'w', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let unflushed = 0;
  try {
    await handle.chmod(0o600);
    for await (const slice of slices) {
      await handle.writeFile(slice);
      hash.update(slice);
      bytes += slice.length;
      unflushed += slice.length;
      if (unflushed < FLUSH_EACH) continue;
      const began = performance.now();
      await handle.datasync();
      await setTimeout(performance.now() - began);
      unflushed = 0;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Whether something can be encrypted to it: its form alone does not tell, it has a checksum. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** Makes a file smaller and smaller: a large one that goes at once holds up whoever waits for the same disk. */
export async function shrink(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    for (let { size } = await handle.stat(); size > 0; ) {
      size = Math.max(0, size - SHRINK_BY);
      const began = performance.now();
      await handle.truncate(size);
      await handle.datasync();
      await setTimeout(performance.now() - began);
    }
  } finally {
    await handle.close();
  }
}

const SHRINK_BY = 16 * SLICE;

/** Encrypted to a recipient of age. Throws when that is none. */
export async function sealed(slices: Chunks, recipient: string): Promise<Chunks> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(ReadableStream.from(slices));
}

/** The content of what was encrypted; `identities` as in a file of age. Throws when none of them fits, or a byte was changed. */
export async function unsealed(slices: Chunks, identities: string): Promise<Chunks> {
  const decrypter = new Decrypter();
  for (const line of identities.split('\n').map((one) => one.trim())) {
    if (line !== '' && !line.startsWith('#')) decrypter.addIdentity(line);
  }
  return decrypter.decrypt(ReadableStream.from(slices));
}

export async function isSealed(file: string): Promise<boolean> {
  for await (const slice of slicesOf(file, AGE.length)) return AGE.equals(slice);
  return false;
}
