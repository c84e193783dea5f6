import { createHash } from 'node:crypto';
import type { Instant } from '../../rota/instant.ts';
import type { Config } from '../config/config.ts';
import type { Actor } from '../journal/actor.ts';
import type { Limits } from '../paging/policy.ts';
import type { Revision, Revisions } from '../ports/revisions.ts';
import type { Reads } from '../ports/steps.ts';
import type { DeskSetup, Setups } from './setup.ts';

/** What a revision says, read back from its text. Throws when the text cannot be read: it was checked when it was applied. */
export type ReadRevision = (text: string) => {
  readonly config: Config;
  readonly desks: readonly DeskSetup[];
  readonly limits: Limits;
};

type Loaded = ReturnType<ReadRevision>;

/** The applied revisions, read once each; running rounds may ask for older ones than the newest. */
export class AppliedRevisions implements Setups {
  readonly #store: Revisions;
  readonly #read: ReadRevision;
  readonly #loaded = new Map<number, Loaded>();
  #inForce: Revision | undefined;

  constructor(store: Revisions, read: ReadRevision) {
    this.#store = store;
    this.#read = read;
  }

  /** Takes the newest applied revision; undefined when there is none. */
  async refresh(): Promise<Revision | undefined> {
    const latest = await this.#store.latest();
    if (latest !== undefined) this.#keep(latest);
    return latest;
  }

  /** Applies `text` unless it is the revision in force already. */
  async apply(text: string, author: Actor, at: Instant): Promise<Revision> {
    const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
    const latest = await this.refresh();
    if (latest?.sha256 === sha256) return latest;
    const revision = await this.#store.apply(text, sha256, author, at);
    this.#keep(revision);
    return revision;
  }

  /** Whether this is the text of a configuration without faults. */
  canRead(text: string): boolean {
    try {
      this.#read(text);
      return true;
    } catch {
      return false;
    }
  }

  /** Undefined before the first was applied. */
  inForce(): Revision | undefined {
    return this.#inForce;
  }

  newest(): number {
    return this.#inForce?.number ?? 0;
  }

  /** The configuration in force; undefined before the first was applied. */
  config(): Config | undefined {
    return this.#loaded.get(this.newest())?.config;
  }

  desk(id: string, revision: number = this.newest()): DeskSetup | undefined {
    return this.#loaded.get(revision)?.desks.find((desk) => desk.id === id);
  }

  desks(): readonly DeskSetup[] {
    return this.#loaded.get(this.newest())?.desks ?? [];
  }

  limits(): Limits {
    return this.#loaded.get(this.newest())?.limits ?? {};
  }

  async load(revisions: readonly number[], reads: Pick<Reads, 'revision'>): Promise<void> {
    for (const number of revisions) {
      if (this.#loaded.has(number)) continue;
      const revision = await reads.revision(number);
      if (revision !== undefined) this.#loaded.set(number, this.#read(revision.text));
    }
  }

  #keep(revision: Revision): void {
    if (!this.#loaded.has(revision.number)) this.#loaded.set(revision.number, this.#read(revision.text));
    if (revision.number > this.newest()) this.#inForce = revision;
  }
}
