import { baht } from '@pix/contracts/common.ts'
import type { EarningParty, Earnings } from '@pix/contracts/earnings.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { bangkokDayOf, type DayRange, withinDays } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { balanceOf } from '../ledger/index.ts'
import { fillDays } from './days.ts'
import { ownAccounts } from './own-accounts.ts'

/** What the caller earns as a party: what is owed now, and what a time brought by event and day. */
export async function readEarnings(
  ctx: CallerContext,
  party: EarningParty,
  range: DayRange & { from: string; to: string },
): Promise<Earnings> {
  const { ids: accounts } = await ownAccounts(ctx, party)
  const rows = accounts.length === 0 ? [] : await byEventAndDay(ctx, accounts, range)
  const total = (key: 'earned' | 'refunded' | 'photos') => rows.reduce((sum, row) => sum + row[key], 0)
  const days = new Map<string, number>()
  for (const { day, earned } of rows) days.set(day, (days.get(day) ?? 0) + earned)
  const found = [...days].toSorted().map(([day, gross]) => ({ day, gross, orders: 0 }))
  return {
    balance: baht(await balanceOf(ctx.db, accounts)),
    earned: baht(total('earned')),
    refunded: baht(total('refunded')),
    photosSold: total('photos'),
    events: await eventsOf(ctx, rows),
    byDay: fillDays(found, range).map(({ day, gross }) => ({ day, earned: baht(gross) })),
  }
}

interface Row {
  eventId: string | null
  day: string
  /** Satang, less what refunds took back. */
  earned: number
  refunded: number
  photos: number
}

/** SQL: satang of entries of refunds. */
const taken =
  sql<number>`coalesce(sum(${ledgerEntries.amount}) filter (where ${ledgerPostings.kind} = 'refund'), 0)`.mapWith(
    Number,
  )

function byEventAndDay({ db }: CallerContext, accounts: readonly string[], range: DayRange): Promise<Row[]> {
  const eventId = sql<string | null>`coalesce(${ledgerEntries.eventId}, ${ledgerPostings.eventId})`
  const day = bangkokDayOf(ledgerPostings.createdAt)
  return db
    .select({
      eventId,
      day,
      earned: sql<number>`-sum(${ledgerEntries.amount})`.mapWith(Number),
      refunded: taken,
      photos: sql<number>`count(${ledgerEntries.lineId}) filter (where ${ledgerPostings.kind} = 'sale')`.mapWith(
        Number,
      ),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .where(
      and(
        inArray(ledgerEntries.accountId, [...accounts]),
        inArray(ledgerPostings.kind, ['sale', 'refund']),
        withinDays(ledgerPostings.createdAt, range),
      ),
    )
    .groupBy(sql`1, 2`)
}

async function eventsOf({ db }: CallerContext, rows: readonly Row[]): Promise<Earnings['events']> {
  const ids = [...new Set(rows.flatMap(row => row.eventId ?? []))]
  if (ids.length === 0) return []
  const found = await db.select().from(events).where(inArray(events.id, ids))
  return found
    .map(({ id, slug, nameTh, nameEn }) => {
      const own = rows.filter(row => row.eventId === id)
      return {
        event: { id, slug, name: { th: nameTh, en: nameEn } },
        photosSold: own.reduce((sum, row) => sum + row.photos, 0),
        earned: baht(own.reduce((sum, row) => sum + row.earned, 0)),
      }
    })
    .toSorted((a, b) => b.earned.amount - a.earned.amount || (a.event.id < b.event.id ? -1 : 1))
}
