import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { letterChoices } from '@pix/db/schema/letters.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { and, asc, eq, isNull, ne, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { letterLocale, stopToken, wantsLetter } from '../../people/accounts/index.ts'

/**
 * Writes a letter to each photographer of an order whose first sale at an event it is, in the transaction that posted
 * the sale. Two orders that are paid at the same moment may both be the first: the letter's key lets one of them write
 * it. Letters are written in the order of their keys, so that the two never wait for each other in a circle; and last,
 * after every other lock of the transaction.
 */
export async function queueFirstSales(ctx: Context, tx: Tx, orderId: string): Promise<void> {
  for (const { userId, email, locale, eventId, th, en, photo, earned } of await firstSales(tx, orderId))
    await queueLetter(ctx, tx, {
      template: 'first_sale',
      to: email,
      locale,
      storefront: null,
      facts: { event: locale === 'th' ? th : en, photo, baht: formatMoney(earned) },
      secrets: { stop: stopToken(ctx, { userId, choice: 'firstSale' }) },
      path: '/photographer',
      dedupeKey: `first_sale:${eventId}:${userId}`,
    })
}

/** Who sold at which event by this order and never before, and wants to know. */
function firstSales(tx: Tx, orderId: string) {
  const other = alias(ledgerEntries, 'other')
  const before = tx
    .select()
    .from(other)
    .where(
      and(
        eq(other.accountId, ledgerEntries.accountId),
        eq(other.eventId, ledgerEntries.eventId),
        ne(other.postingId, ledgerEntries.postingId),
      ),
    )
  return tx
    .select({
      userId: users.id,
      email: users.email,
      locale: letterLocale,
      eventId: events.id,
      th: events.nameTh,
      en: events.nameEn,
      photo: sql<string>`(array_agg(${photos.fileName} order by ${ledgerEntries.id}))[1]`,
      earned: sql`-sum(${ledgerEntries.amount})`.mapWith(Number),
    })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(
      ledgerAccounts,
      and(eq(ledgerAccounts.id, ledgerEntries.accountId), eq(ledgerAccounts.kind, 'photographer_payable')),
    )
    .innerJoin(photos, eq(photos.id, ledgerEntries.photoId))
    .innerJoin(events, eq(events.id, ledgerEntries.eventId))
    .innerJoin(users, and(eq(users.id, ledgerAccounts.ownerId), isNull(users.suspendedAt), isNull(users.deletedAt)))
    .leftJoin(letterChoices, eq(letterChoices.userId, users.id))
    .where(
      and(
        eq(ledgerPostings.orderId, orderId),
        eq(ledgerPostings.kind, 'sale'),
        wantsLetter('firstSale'),
        notExists(before),
      ),
    )
    .groupBy(users.id, events.id, letterChoices.userId)
    .orderBy(asc(events.id), asc(users.id))
}
