import type { Instant } from '../../rota/instant.ts';

/** The inbox keeps bytes before anybody reads them. */
export interface Inbox {
  /** Resolves when the bytes are safe. */
  keep(row: {
    readonly id: string;
    readonly source: string;
    readonly receivedAt: Instant;
    readonly media: string;
    readonly bytes: Uint8Array;
  }): Promise<void>;
  /** Oldest first. */
  waiting(
    limit: number,
  ): Promise<
    readonly { readonly id: string; readonly source: string; readonly receivedAt: Instant; readonly media: string }[]
  >;
  bytes(id: string): Promise<Uint8Array | undefined>;
}
