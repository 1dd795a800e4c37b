import { baht } from '@pix/contracts/common.ts'
import type { LedgerLine, listLedger as contract } from '@pix/contracts/revenue.ts'
import { ledgerAdjustments, payoutLines } from '@pix/db/schema/payouts.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, asc, eq, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMicros } from '../../base/cursor.ts'
import { inNamedStudio, type ListContext } from '../../people/studios/index.ts'

type Query = z.output<typeof contract.schema.querystring>

/**
 * A page of the ledger's entries about a studio's orders, payouts and corrections, in the order of posting. The export asks for more lines
 * than a page of the wire has.
 *
 * @throws Problem `not_found` for a studio that the caller does not own
 */
export const listLedger = (
  ctx: CallerContext,
  { studio, limit, cursor, ...range }: Query,
): Promise<{ items: LedgerLine[]; nextCursor: string | null }> =>
  inNamedStudio(
    ctx,
    studio,
    async list => {
      const after = decodeCursor(cursor, ([position, id]) => (isMicros(position) && isId(id) ? { position, id } : null))
      const isFurther =
        after && sql`(${ledgerPostings.position}, ${ledgerEntries.id}) > (${after.position}::bigint, ${after.id}::uuid)`
      const found = await selectRows(list)
        .where(and(isOfStudio(list), withinDays(ledgerPostings.createdAt, range), isFurther ?? undefined))
        .orderBy(asc(ledgerPostings.position), asc(ledgerEntries.id))
        .limit(limit + 1)
      const rows = found.slice(0, limit)
      const last = found.length > rows.length ? rows.at(-1) : undefined
      return { items: rows.map(toLine), nextCursor: last ? encodeCursor([last.position, last.id]) : null }
    },
    ['owner'],
  )

/** SQL: the posting is about an order, a payout or a correction of the list's studio. */
const isOfStudio = ({ studioId }: ListContext): SQL | undefined =>
  studioId === null
    ? undefined
    : or(eq(orders.studioId, studioId), eq(payoutLines.studioId, studioId), eq(ledgerAdjustments.studioId, studioId))

const selectRows = ({ db }: ListContext) =>
  db
    .select({
      id: ledgerEntries.id,
      postingId: ledgerPostings.id,
      position: ledgerPostings.position,
      at: ledgerPostings.createdAt,
      kind: ledgerPostings.kind,
      orderNumber: orders.number,
      eventId: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      photoId: ledgerEntries.photoId,
      account: ledgerAccounts.kind,
      ownerId: ledgerAccounts.ownerId,
      ownerName: sql<string | null>`coalesce(${users.name}, ${organizers.name}, ${studios.nameEn})`,
      amount: ledgerEntries.amount,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .leftJoin(orders, eq(orders.id, ledgerPostings.orderId))
    .leftJoin(payoutLines, eq(payoutLines.id, ledgerPostings.sourceId))
    .leftJoin(ledgerAdjustments, eq(ledgerAdjustments.id, ledgerPostings.sourceId))
    .leftJoin(events, sql`${events.id} = coalesce(${ledgerEntries.eventId}, ${ledgerPostings.eventId})`)
    .leftJoin(users, and(eq(ledgerAccounts.kind, 'photographer_payable'), eq(users.id, ledgerAccounts.ownerId)))
    .leftJoin(organizers, and(eq(ledgerAccounts.kind, 'organizer_payable'), eq(organizers.id, ledgerAccounts.ownerId)))
    .leftJoin(studios, and(eq(ledgerAccounts.kind, 'studio_payable'), eq(studios.id, ledgerAccounts.ownerId)))
    .$dynamic()

const toLine = (row: Awaited<ReturnType<typeof selectRows>>[number]): LedgerLine => ({
  id: row.id,
  postingId: row.postingId,
  position: row.position,
  at: row.at.toISOString(),
  kind: row.kind,
  orderNumber: row.orderNumber,
  event: row.eventId === null ? null : { id: row.eventId, slug: row.slug!, name: { th: row.nameTh!, en: row.nameEn! } },
  photoId: row.photoId,
  account: row.account,
  owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
  amount: baht(row.amount),
})
