import type { Queryable } from '@pix/db/client.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { withdrawnSearches } from '@pix/db/schema/searches.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import type { Export } from './export.ts'

/**
 * What was written to these addresses, and what was asked for with them or in these visits.
 *
 * @param emails in lower case
 * @param visits ids of sessions
 */
export async function collectRequests(
  { db, buyer }: BuyerContext,
  emails: readonly string[],
  visits: readonly string[],
): Promise<Export> {
  const { template, locale, recipient, facts, createdAt, sentAt, givenUp } = outgoingMail
  return {
    // Without the secrets of those that wait.
    letters: await db
      .select({ template, locale, recipient, facts, createdAt, sentAt, givenUp })
      .from(outgoingMail)
      .where(inArray(sql`lower(${recipient})`, [...emails]))
      .orderBy(asc(createdAt)),
    'refused-addresses': await db
      .select()
      .from(suppressedAddresses)
      .where(inArray(suppressedAddresses.address, [...emails])),
    ...(await collectTakedowns(db, emails, visits)),
    ...(await collectSubscriptions(db, emails, { visits, userId: buyer.userId })),
    ...(await collectVisits(db, visits)),
  }
}

async function collectTakedowns(db: Queryable, emails: readonly string[], visits: readonly string[]): Promise<Export> {
  return {
    takedowns: await db
      .select({
        number: takedownRequests.number,
        photoId: takedowns.photoId,
        reason: takedownRequests.reason,
        statement: takedownRequests.statement,
        email: takedownRequests.email,
        askedAt: takedownRequests.askedAt,
        decision: takedowns.decision,
        decidedAt: takedowns.decidedAt,
      })
      .from(takedownRequests)
      .innerJoin(takedowns, eq(takedowns.id, takedownRequests.takedownId))
      .where(
        or(
          inArray(takedownRequests.sessionId, [...visits]),
          inArray(sql`lower(${takedownRequests.email})`, [...emails]),
        ),
      )
      .orderBy(asc(takedownRequests.askedAt)),
  }
}

/** What is sent to the addresses: news of an event, and invitations to a studio. */
async function collectSubscriptions(
  db: Queryable,
  emails: readonly string[],
  { visits, userId }: { visits: readonly string[]; userId: string | null },
): Promise<Export> {
  const { eventId, askedAt, confirmedAt, email, sessionId } = eventAlerts
  const ofAccount = userId === null ? undefined : eq(eventAlerts.userId, userId)
  const ofFace = sql<boolean>`${eventAlerts.searchId} is not null`
  return {
    'event-alerts': await db
      // `ofFace`: a face is kept for it, encrypted; it waits for new photos of that person.
      .select({ eventId, email, askedAt, confirmedAt, ofFace })
      .from(eventAlerts)
      .where(or(inArray(email, [...emails]), inArray(sessionId, [...visits]), ofAccount)),
    invitations: await db
      .select({
        studioId: studioInvitations.studioId,
        role: studioInvitations.role,
        sentAt: studioInvitations.createdAt,
        acceptedAt: studioInvitations.acceptedAt,
        revokedAt: studioInvitations.revokedAt,
      })
      .from(studioInvitations)
      .where(inArray(studioInvitations.email, [...emails])),
  }
}

async function collectVisits(db: Queryable, visits: readonly string[]): Promise<Export> {
  return {
    'opened-orders': await db
      .select({ orderId: orderAccess.orderId, grantedAt: orderAccess.grantedAt, until: orderAccess.until })
      .from(orderAccess)
      .where(inArray(orderAccess.sessionId, [...visits])),
    'withdrawn-searches': await db
      .select({ eventId: withdrawnSearches.eventId, createdAt: withdrawnSearches.createdAt })
      .from(withdrawnSearches)
      .where(inArray(withdrawnSearches.sessionId, [...visits])),
  }
}
