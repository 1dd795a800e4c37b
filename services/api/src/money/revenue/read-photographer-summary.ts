import { baht } from '@pix/contracts/common.ts'
import type { PhotographerSummary } from '@pix/contracts/photographer-summary.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, countDistinct, desc, eq, inArray, sql } from 'drizzle-orm'
import { withinDays } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { countOwnPhotos, tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { ownAccounts } from './own-accounts.ts'
import { readEarnings } from './read-earnings.ts'

const DAYS = 7
const DAY_MS = 86_400_000
/** Sold photos that a day's page shows. */
const SHOWN = 12

/** What a photographer looks at first: what was sold, what is owed, and how far their photos are. */
export async function readPhotographerSummary(ctx: CallerContext): Promise<PhotographerSummary> {
  const now = ctx.now()
  const [from, to] = [bangkokDay(new Date(now.getTime() - (DAYS - 1) * DAY_MS)), bangkokDay(now)]
  const { ids: accounts } = await ownAccounts(ctx, 'photographer')
  const { balance, byDay } = await readEarnings(ctx, 'photographer', { from, to })
  return {
    balance,
    today: { ...(await soldOn(ctx, accounts, to)), earned: byDay.at(-1)?.earned ?? baht(0) },
    byDay,
    sold: await lastSold(ctx, accounts),
    events: await countOwnPhotos(ctx),
  }
}

async function soldOn({ db }: CallerContext, accounts: readonly string[], day: string) {
  if (accounts.length === 0) return { photosSold: 0, buyers: 0 }
  const [found] = await db
    .select({ photosSold: countDistinct(ledgerEntries.lineId), buyers: countDistinct(orders.buyerEmail) })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .innerJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .where(and(ofSales(accounts), withinDays(ledgerPostings.createdAt, { from: day, to: day })))
  return found ?? { photosSold: 0, buyers: 0 }
}

async function lastSold({ db }: CallerContext, accounts: readonly string[]): Promise<PhotographerSummary['sold']> {
  if (accounts.length === 0) return []
  const rows = await db
    .select({
      at: ledgerPostings.createdAt,
      amount: ledgerEntries.amount,
      event: { id: events.id, slug: events.slug, th: events.nameTh, en: events.nameEn },
      photo: tileColumns,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(photos, eq(photos.id, ledgerEntries.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(ofSales(accounts))
    // Ids are made in the order of time.
    .orderBy(desc(ledgerEntries.id))
    .limit(SHOWN)
  return rows.map(({ at, amount, event: { th, en, ...event }, photo }) => ({
    at: at.toISOString(),
    earned: baht(-amount),
    event: { ...event, name: { th, en } },
    photo: toTile(photo),
  }))
}

const ofSales = (accounts: readonly string[]) =>
  and(
    inArray(ledgerEntries.accountId, [...accounts]),
    eq(ledgerPostings.kind, 'sale'),
    sql`${ledgerEntries.lineId} is not null`,
  )
