import { Prisma } from '../../prisma/generated/sqlite/client.ts';

/** Why a page goes to somebody although the request has an owner. */
export const DESPITE_OWNER: readonly string[] = ['reminder', 'file', 'clock', 'handover', 'stuck'];

/** Those of them that tell the owner something, as long as he has the request. */
export const TO_THE_OWNER: readonly string[] = ['reminder', 'file', 'handover'];

/**
 * Whether a delivery is still to be made, as part of a statement on "delivery": while its request wants pages, or when it
 * is one of those that come although it has an owner.
 */
export const WANTED = Prisma.sql`("delivery"."reason" IN (${Prisma.join([...DESPITE_OWNER])})
  OR EXISTS (SELECT 1 FROM "request" WHERE "request"."id" = "delivery"."request_id" AND "request"."wants_pages"))`;
