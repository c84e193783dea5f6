import type { Instant } from '../../../rota/instant.ts';
import { INSTALLATION } from '../../journal/stream.ts';
import type { Housekeeping } from '../../ports/housekeeping.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { Nodes } from '../../ports/nodes.ts';
import type { People } from '../../ports/people.ts';
import type { Revisions } from '../../ports/revisions.ts';
import type { Sessions } from '../../ports/sessions.ts';
import type { Installation } from '../../ports/store.ts';
import { methodsToSeed } from '../people.ts';
import { applied, nextRevision } from '../revisions.ts';
import type { Access } from './database.ts';
import { by } from './order.ts';
import { append, insertable } from './save.ts';
import { key } from './tables.ts';

export function makeInbox(access: Access): Inbox {
  const { inbox } = access.tables;
  return {
    keep: async (row) => {
      access.at('keep');
      inbox.put(insertable(inbox.get(row.id), { ...row, bytes: Uint8Array.from(row.bytes) }));
    },
    waiting: async (limit) => {
      access.at('waiting');
      const rows = inbox.all().sort(by((row) => [row.receivedAt, row.id]));
      return rows.slice(0, limit).map(({ bytes: _bytes, ...row }) => row);
    },
    bytes: async (id) => {
      access.at('bytes');
      return inbox.get(id)?.bytes;
    },
  };
}

export function makePeople(access: Access, now: () => Instant): People {
  const { contactMethod } = access.tables;
  return {
    seedMethods: async (desk, methods) => {
      access.at('seedMethods');
      const known = contactMethod.all().filter((row) => row.officer !== null || row.desk === desk);
      for (const row of methodsToSeed(desk, methods, known, now())) {
        if (contactMethod.get(row.id) === undefined) contactMethod.put(row);
      }
    },
  };
}

export function makeHousekeeping(access: Access): Housekeeping {
  const { idempotency, signInLink, session } = access.tables;
  return {
    forget: async (before) => {
      access.at('forget');
      const keys = idempotency.all().filter(({ at }) => at < before);
      for (const row of keys) idempotency.remove(key(row.source, row.key));
      const links = signInLink.all().filter(({ expiresAt }) => expiresAt < before);
      for (const { hash } of links) signInLink.remove(hash);
      const sessions = session.all().filter(({ expiresAt }) => expiresAt < before);
      for (const { hash } of sessions) session.remove(hash);
      return keys.length + links.length + sessions.length;
    },
  };
}

export function makeNodes(access: Access): Nodes {
  const { tables } = access;
  return {
    beat: async ({ node: id, boot }, beatAt, revision) => {
      access.at('beat');
      tables.node.put({ id, boot, beatAt, revision });
    },
    lease: async (name, { node, boot }, silentSince) => {
      access.at('lease');
      const lease = tables.lease.get(name);
      const holder = tables.node.get(lease?.node ?? '');
      const isHeld = holder !== undefined && holder.boot === lease?.boot && holder.beatAt >= silentSince;
      if (lease !== undefined && lease.node !== node && isHeld) return false;
      tables.lease.put({ name, node, boot });
      return true;
    },
    probe: async (probedAt) => {
      access.at('probe');
      for (const row of tables.installation.all()) tables.installation.put({ ...row, probedAt });
    },
  };
}

export function makeSessions(access: Access): Sessions {
  const { signInLink, session: sessions } = access.tables;
  return {
    addLink: async (link) => {
      access.at('addLink');
      signInLink.put(insertable(signInLink.get(link.hash), { ...link, usedAt: null }));
    },
    useLink: async (hash, now) => {
      access.at('useLink');
      const link = signInLink.get(hash);
      if (link === undefined || link.usedAt !== null || link.expiresAt <= now) return undefined;
      signInLink.put({ ...link, usedAt: now });
      return link.officer;
    },
    open: async (session) => {
      access.at('openSession');
      sessions.put(insertable(sessions.get(session.hash), { ...session, endedAt: null }));
    },
    session: async (hash, now) => {
      access.at('session');
      const row = sessions.get(hash);
      if (row === undefined || row.endedAt !== null || row.expiresAt <= now) return undefined;
      const { endedAt: _endedAt, ...session } = row;
      return session;
    },
    end: async (hash, now) => {
      access.at('endSession');
      const row = sessions.get(hash);
      if (row?.endedAt === null) sessions.put({ ...row, endedAt: now });
    },
  };
}

export function makeRevisions(access: Access, installation: Installation): Revisions {
  const { revision: revisions } = access.tables;
  const latest = () => revisions.all().sort(by((row) => [-row.number]))[0];
  return {
    latest: async () => {
      access.at('latestRevision');
      return latest();
    },
    revision: async (number) => {
      access.at('revision');
      return revisions.all().find((row) => row.number === number);
    },
    apply: async (text, sha256, actor, at) => {
      access.at('applyRevision');
      const next = nextRevision(latest(), text, sha256, actor, at);
      revisions.put(next);
      append(access, installation, INSTALLATION, at, [applied(next, actor)]);
      return next;
    },
  };
}
