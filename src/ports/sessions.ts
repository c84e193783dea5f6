import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';

export interface Sessions {
  addLink(link: { readonly hash: string; readonly officer: OfficerId; readonly expiresAt: Instant }): Promise<void>;
  /** Uses a link up; undefined when it is unknown, used or expired. Of two at once one gets it. */
  useLink(hash: string, now: Instant): Promise<OfficerId | undefined>;
  open(session: Session): Promise<void>;
  /** Undefined when it is unknown, ended or expired. */
  session(hash: string, now: Instant): Promise<Session | undefined>;
  end(hash: string, now: Instant): Promise<void>;
}

export type Session = {
  readonly hash: string;
  readonly officer: OfficerId;
  readonly csrf: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};
