import { baht } from '@pix/contracts/common.ts'
import type { EarningParty, Statement, StatementLine } from '@pix/contracts/earnings.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { netPrice, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { seals } from '@pix/db/schema/seals.ts'
import { proveEntries } from '@pix/db/seals/prove-entries.ts'
import type { Seal } from '@pix/db/seals/seal-root.ts'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type DayRange, withinDays } from '../../base/bangkok-days.ts'
import type { CallerContext, Context } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { ownAccounts } from './own-accounts.ts'

/** More lines are asked for in several statements: each line's proof has some kilobytes. */
const MOST_LINES = 2_000

/** Facts of a seal that its root is made of. */
const factsOf = ({ leaves: _leaves, positions: _positions, sealedAt, ...facts }: Seal): Statement['seals'][number] => ({
  ...facts,
  sealedAt: sealedAt.toISOString(),
})

/**
 * Every line that changed what the caller is owed in a time, with the path from it to its seal.
 *
 * @throws Problem `statement_too_long`
 */
export async function readStatement(
  ctx: CallerContext,
  party: EarningParty,
  range: DayRange & { from: string; to: string },
): Promise<Statement> {
  const accounts = await ownAccounts(ctx, party)
  const rows = accounts.length === 0 ? [] : await linesOf(ctx, party, accounts, range)
  if (rows.length > MOST_LINES) throw new Problem('statement_too_long')
  const postingIds = [...new Set(rows.map(row => row.postingId))]
  const { proofs, seals: found } = await proveEntries(ctx.db, postingIds)
  const [user] = await ctx.db.select({ name: users.name }).from(users).where(eq(users.id, ctx.caller.userId))
  const opening = await owedBefore(ctx, accounts, range.from)
  const change = rows.reduce((sum, row) => sum - row.amount, 0)
  return {
    party,
    name: user?.name ?? '',
    from: range.from,
    to: range.to,
    opening: baht(opening),
    closing: baht(opening + change),
    lines: rows.map(row => ({ ...lineOf(row), proof: proofs.get(row.entryId) ?? null })),
    seals: found.map(factsOf),
  }
}

/** A seal, without the hashes of its rows. @throws Problem `not_found` */
export async function readSeal({ db }: Pick<Context, 'db'>, number: number) {
  const [seal] = await db
    .select()
    .from(seals)
    .where(and(eq(seals.kind, 'ledger'), eq(seals.number, number)))
  if (!seal) throw notFound()
  return factsOf(seal)
}

type Row = Awaited<ReturnType<typeof linesOf>>[number]

function lineOf({ kind, amount, price, ...row }: Row): Omit<StatementLine, 'proof'> {
  const isSale = kind === 'sale'
  const event = row.eventId === null ? null : { id: row.eventId, slug: row.slug ?? '' }
  return {
    at: row.at.toISOString(),
    kind: isSale || kind === 'refund' ? kind : 'other',
    orderNumber: row.orderNumber,
    event: event && { ...event, name: { th: row.nameTh ?? '', en: row.nameEn ?? '' } },
    photo: row.photoId === null ? null : { id: row.photoId, fileName: row.fileName ?? '' },
    price: price === null ? null : baht(isSale ? price : -price),
    rateBp: row.rateBp,
    amount: baht(-amount),
  }
}

/** One more than a statement may have tells that there are too many. */
function linesOf({ db }: CallerContext, party: EarningParty, accounts: readonly string[], range: DayRange) {
  const isOfLine = and(
    eq(orderShares.orderId, orderLines.orderId),
    eq(orderShares.eventId, orderLines.eventId),
    eq(orderShares.photographerId, orderLines.photographerId),
  )
  return db
    .select({
      entryId: ledgerEntries.id,
      postingId: ledgerPostings.id,
      at: ledgerPostings.createdAt,
      kind: ledgerPostings.kind,
      amount: ledgerEntries.amount,
      orderNumber: orders.number,
      eventId: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      photoId: photos.id,
      fileName: photos.fileName,
      price: netPrice(orderLines),
      rateBp: party === 'photographer' ? orderShares.photographerBp : orderShares.organizerBp,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .leftJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .leftJoin(orderLines, eq(orderLines.id, ledgerEntries.lineId))
    .leftJoin(orderShares, isOfLine)
    .leftJoin(photos, eq(photos.id, ledgerEntries.photoId))
    .leftJoin(events, sql`${events.id} = coalesce(${ledgerEntries.eventId}, ${ledgerPostings.eventId})`)
    .where(and(inArray(ledgerEntries.accountId, [...accounts]), withinDays(ledgerPostings.createdAt, range)))
    .orderBy(asc(ledgerPostings.position), asc(ledgerEntries.id))
    .limit(MOST_LINES + 1)
}

/** Satang that were owed when the first day began. */
async function owedBefore({ db }: CallerContext, accounts: readonly string[], from: string): Promise<number> {
  if (accounts.length === 0) return 0
  const [row] = await db
    .select({ owed: sql<number>`coalesce(-sum(${ledgerEntries.amount}), 0)`.mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .where(
      and(
        inArray(ledgerEntries.accountId, [...accounts]),
        sql`${ledgerPostings.createdAt} < (${from}::date)::timestamp at time zone 'Asia/Bangkok'`,
      ),
    )
  return row?.owed ?? 0
}
