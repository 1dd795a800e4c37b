import { accountTokens, knownDevices, loginFailures, refreshTokens, sessions } from '@pix/db/schema/auth.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { gifts } from '@pix/db/schema/gifts.ts'
import { idempotencyKeys } from '@pix/db/schema/idempotency.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { orderCodes, orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { letterUntil } from '@pix/db/retention.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches, withdrawnSearches } from '@pix/db/schema/searches.ts'
import { signInChallenges } from '@pix/db/schema/second-factors.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { and, eq, inArray, isNotNull, isNull, lt, lte, notExists, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { eraseEndedAccounts } from '../../money/payouts/index.ts'

const HOUR_MS = 3_600_000
const KEYS_KEPT_MS = 24 * HOUR_MS
/** A refresh token that ended is kept a while, so that its reuse still ends its family. */
const TOKENS_KEPT_MS = 7 * 24 * HOUR_MS

/** Money for an order may come late; after that nobody needs to know whom its documents would have been made out to. */
const UNPAID_TAX_DATA_KEPT_MS = 30 * 24 * HOUR_MS

/** Deletes first answers after 24 h (spec/10), faded failures, ended tokens, browsers nobody signs in from, sign-ins that never got their code, old invitations and letters, bank accounts of payees that ended, tax data of orders that nobody paid, links that gave photos, addresses that nobody confirmed, and sessions that ended without an order. */
export async function forgetOldRows({ db, now, settings }: Context): Promise<void> {
  const before = (ms: number) => new Date(now().getTime() - ms)
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before(KEYS_KEPT_MS)))
  await db.delete(refreshTokens).where(lt(refreshTokens.expiresAt, before(TOKENS_KEPT_MS)))
  await db.delete(accountTokens).where(lt(accountTokens.expiresAt, before(TOKENS_KEPT_MS)))
  await db.delete(studioInvitations).where(lt(studioInvitations.expiresAt, before(KEPT.invitationDays * 24 * HOUR_MS)))
  await db.delete(knownDevices).where(lt(knownDevices.lastSignInAt, before(KEPT.deviceDays * 24 * HOUR_MS)))
  await db.delete(signInChallenges).where(lt(signInChallenges.expiresAt, now()))
  await db.delete(orderCodes).where(lt(orderCodes.createdAt, before(HOUR_MS)))
  const unpaid = and(isNull(orders.paidAt), lt(orders.createdAt, before(UNPAID_TAX_DATA_KEPT_MS)))
  await db
    .delete(orderTaxData)
    .where(inArray(orderTaxData.orderId, db.select({ id: orders.id }).from(orders).where(unpaid)))
  await db.delete(orderAccess).where(lt(orderAccess.until, now()))
  await db.delete(gifts).where(lt(gifts.expiresAt, now()))
  await db
    .delete(outgoingMail)
    .where(and(isNull(outgoingMail.nextTryAt), lte(letterUntil(settings.LETTERS_KEPT_DAYS), now())))
  await eraseEndedAccounts(db, now())
  await db
    .delete(eventAlerts)
    .where(and(isNull(eventAlerts.confirmedAt), lt(eventAlerts.askedAt, before(KEPT.unconfirmedDays * 24 * HOUR_MS))))
  // Its photos are announced no more.
  const archived = db.select({ id: events.id }).from(events).where(eq(events.status, 'archived'))
  await db.delete(eventAlerts).where(and(isNotNull(eventAlerts.email), inArray(eventAlerts.eventId, archived)))
  await db.delete(loginFailures).where(lt(loginFailures.fadesAt, now()))
  await db.delete(withdrawnSearches).where(lt(withdrawnSearches.createdAt, before(24 * HOUR_MS)))
  const ordered = db
    .select({ one: sql`1` })
    .from(orders)
    .where(eq(orders.sessionId, sessions.id))
  // Searches of people who were signed in: their account finds what was found as long as results are kept.
  const searchedByAccount = db
    .select({ one: sql`1` })
    .from(searches)
    .innerJoin(consents, eq(consents.id, searches.consentId))
    .where(and(eq(searches.sessionId, sessions.id), isNotNull(consents.userId)))
  await db.delete(sessions).where(and(lt(sessions.expiresAt, now()), notExists(ordered), notExists(searchedByAccount)))
}
