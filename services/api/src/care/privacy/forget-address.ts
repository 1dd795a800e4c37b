import type { Queryable } from '@pix/db/client.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { takedownRequests } from '@pix/db/schema/takedowns.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { forgetObjectors } from '../../catalogue/faces/index.ts'

/** Stands in the place of an address that was deleted. No mail server has it. */
export const NO_ADDRESS = 'deleted@deleted.invalid'

/**
 * Deletes what names an e-mail address outside of orders and accounts, as part of a transaction: letters that were sent
 * or given up, texts of takedown requests, objections, invitations, and alerts for an event's photos. A letter that
 * waits is sent first and deleted later, like every letter.
 *
 * @param email in lower case
 */
export async function forgetAddress({ db, now }: Joining<Context>, email: string): Promise<void> {
  const sentThere = eq(sql`lower(${outgoingMail.recipient})`, email)
  await db.delete(outgoingMail).where(and(sentThere, isNull(outgoingMail.nextTryAt)))
  await db.delete(suppressedAddresses).where(eq(suppressedAddresses.address, email))
  await db.delete(eventAlerts).where(eq(eventAlerts.email, email))
  await db.delete(studioInvitations).where(eq(studioInvitations.email, email))
  await db
    .update(takedownRequests)
    .set({ statement: null, email: null, erasedAt: now() })
    .where(eq(sql`lower(${takedownRequests.email})`, email))
  await forgetObjectors({ db }, eq(sql`lower(${objections.email})`, email))
}

/** Writes the letter that confirms the deletion. @returns its id */
export const queueDeletionLetter = (
  ctx: Context | Joining<Context>,
  tx: Queryable,
  { email, locale }: { email: string; locale: string },
): Promise<string | null> =>
  queueLetter(ctx, tx, {
    template: 'data_deleted',
    to: email,
    locale,
    facts: {},
    secrets: {},
    path: '/privacy',
    dedupeKey: `data_deleted:${ctx.newId()}`,
  })
