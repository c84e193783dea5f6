import type { JournalRow } from './ledger.ts';

/** What the checker reads of an entry's body. Whatever it does not know it leaves alone. */
export type Told = {
  readonly installation: string;
  readonly stream: string;
  readonly n: number;
  readonly type: string;
  readonly at: string;
  readonly data: Data;
};

type Data = {
  readonly request?: string;
  readonly shortId?: string;
  readonly desk?: string;
  readonly desks?: readonly string[];
  readonly urgency?: string;
  readonly policy?: string;
  readonly by?: string;
  readonly to?: string;
  readonly round?: number;
  readonly step?: number | string;
  readonly cause?: string;
  readonly alongside?: boolean;
  readonly page?: string | object;
  readonly pages?: readonly { readonly officer?: string }[];
};

export function toldBy({ body }: JournalRow): Told {
  return JSON.parse(body) as Told;
}
