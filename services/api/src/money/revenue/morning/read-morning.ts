import { baht } from '@pix/contracts/common.ts'
import type { PhotographerMorning } from '@pix/contracts/photographer-morning.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, countDistinct, desc, eq, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { CallerContext, Context } from '../../../base/context.ts'
import { tileColumns, toTile } from '../../../catalogue/photos/index.ts'
import { nextPayout } from '../../payouts/index.ts'
import { camerasOf } from './cameras-of.ts'
import { shownSpan, type Span } from './hours.ts'
import { isSale, soldFigures } from './sold-figures.ts'
import { eventColumns, toEvent } from './to-event.ts'

type Morning = Omit<PhotographerMorning, 'since'>

/** Photos of each kind that are shown. */
const SHOWN = 12

/** The caller's morning, from 07:00 of yesterday to now. */
export async function readOwnMorning(ctx: CallerContext): Promise<PhotographerMorning> {
  const span = shownSpan(ctx.now())
  return { since: span.since.toISOString(), ...(await readMorning(ctx, ctx.caller.userId, span)) }
}

/** What a photographer sold in a time, which of their photos were refused in it, and what is paid out next. */
export async function readMorning(ctx: Context, photographerId: string, span: Span): Promise<Morning> {
  const accounts = await accountsOf(ctx, photographerId)
  return {
    sold: { ...(await addUp(ctx, accounts, span)), best: await bestOf(ctx, accounts, span) },
    refused: await refusedOf(ctx, photographerId, span),
    cameras: await camerasOf(ctx, photographerId, span),
    payout: await nextPayout(ctx, photographerId, accounts),
  }
}

async function accountsOf({ db }: Context, photographerId: string): Promise<string[]> {
  const rows = await db
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.kind, 'photographer_payable'), eq(ledgerAccounts.ownerId, photographerId)))
  return rows.map(({ id }) => id)
}

const inSpan = (accounts: readonly string[], { since, until }: Span) =>
  and(
    inArray(ledgerEntries.accountId, [...accounts]),
    gte(ledgerPostings.createdAt, since),
    lt(ledgerPostings.createdAt, until),
  )

async function addUp({ db }: Context, accounts: readonly string[], span: Span): Promise<Omit<Morning['sold'], 'best'>> {
  const nothing = { earned: 0, refunded: 0, photos: 0, buyers: 0 }
  const [found = nothing] =
    accounts.length === 0
      ? []
      : await db
          .select(soldFigures)
          .from(ledgerPostings)
          .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
          .leftJoin(orders, eq(orders.id, ledgerPostings.orderId))
          .where(inSpan(accounts, span))
  return { ...found, earned: baht(found.earned), refunded: baht(found.refunded) }
}

const shownColumns = {
  fileName: photos.fileName,
  event: eventColumns,
  photo: tileColumns,
}

async function bestOf({ db }: Context, accounts: readonly string[], span: Span): Promise<Morning['sold']['best']> {
  if (accounts.length === 0) return []
  const best = db
    .select({
      photoId: ledgerEntries.photoId,
      earned: sql<number>`-sum(${ledgerEntries.amount})`.mapWith(Number).as('earned'),
      times: countDistinct(ledgerPostings.orderId).as('times'),
    })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, ledgerPostings.id))
    .where(and(inSpan(accounts, span), isSale, sql`${ledgerEntries.photoId} is not null`))
    .groupBy(ledgerEntries.photoId)
    .orderBy(sql`2 desc, 1`)
    .limit(SHOWN)
    .as('best')
  const rows = await db
    .select({ earned: best.earned, times: best.times, ...shownColumns })
    .from(best)
    .innerJoin(photos, eq(photos.id, best.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .orderBy(desc(best.earned), photos.id)
  return rows.map(({ event, photo, earned, ...row }) => ({
    ...row,
    earned: baht(earned),
    event: toEvent(event),
    photo: toTile(photo),
  }))
}

/** SQL: refused in a time and still there. A photo that was taken down for somebody in it is another matter. */
export const isRefusedIn = ({ since, until }: Span) =>
  and(
    eq(photos.approval, 'rejected'),
    gte(photos.decidedAt, since),
    lt(photos.decidedAt, until),
    isNull(photos.takenDownAt),
  )

async function refusedOf({ db }: Context, photographerId: string, span: Span): Promise<Morning['refused']> {
  const rows = await db
    .select({
      ...shownColumns,
      reason: photos.rejectReason,
      at: photos.decidedAt,
      all: sql`count(*) over ()`.mapWith(Number),
    })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.photographerId, photographerId), isRefusedIn(span)))
    .orderBy(desc(photos.decidedAt), photos.id)
    .limit(SHOWN)
  return {
    photos: rows[0]?.all ?? 0,
    latest: rows.map(({ fileName, event, photo, reason, at }) => ({
      fileName,
      event: toEvent(event),
      photo: toTile(photo),
      reason: reason!,
      at: at!.toISOString(),
    })),
  }
}
