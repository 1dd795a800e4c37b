import type { listStaffOrders as contract, StaffOrder } from '@pix/contracts/admin-orders.ts'
import { baht, type LocalText } from '@pix/contracts/common.ts'
import { orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { events } from '@pix/db/schema/events.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Caller } from '../../base/caller.ts'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, fromMicros, isId, isMicros, microsOf } from '../../base/cursor.ts'
import { inNamedStudio, isOfList, type ListContext, SALES } from '../../people/studios/index.ts'
import { hasRefund, hasUnapplied, narrowedBy } from './narrow-orders.ts'
import { shownTo } from './seen-addresses.ts'

type Query = z.output<typeof contract.schema.querystring>
type Answer = z.output<(typeof contract.schema.response)[200]>

/**
 * Orders of a studio that fit the filters, newest first, by (createdAt, id).
 *
 * @throws Problem `not_found` for a studio in which the caller helps no customers
 */
export const listStaffOrders = (ctx: CallerContext, { studio, cursor, limit, ...filters }: Query): Promise<Answer> =>
  inNamedStudio(
    ctx,
    studio,
    async list => {
      const after = decodeCursor(cursor, ([at, id]) => (isMicros(at) && isId(id) ? { at, id } : null))
      const isFurther = after && sql`(${orders.createdAt}, ${orders.id}) < (${fromMicros(after.at)}, ${after.id}::uuid)`
      const found = await selectRows(list)
        .where(and(isOfList(list, orders.studioId), narrowedBy(list, filters), isFurther ?? undefined))
        .orderBy(desc(orders.createdAt), desc(orders.id))
        .limit(limit + 1)
      const rows = found.slice(0, limit)
      const last = found.length > rows.length ? rows.at(-1) : undefined
      return {
        items: rows.map(row => toLine(ctx.caller, row)),
        nextCursor: last ? encodeCursor([last.micros, last.id]) : null,
        gateways: [...ctx.gateways.keys()],
      }
    },
    SALES,
  )

type Row = Awaited<ReturnType<typeof selectRows>>[number]

const toLine = (caller: Caller, row: Row): StaffOrder => ({
  id: row.id,
  number: row.number,
  status: row.status,
  studio: { id: row.studioId, name: row.studioName },
  email: shownTo(caller, row),
  total: baht(row.total),
  createdAt: row.createdAt.toISOString(),
  paidAt: row.paidAt?.toISOString() ?? null,
  events: row.events,
  photos: row.photos,
  gateway: row.gateway,
  hasRefund: row.hasRefund,
  hasUnapplied: row.hasUnapplied,
})

/** What is counted and looked up for a row is so for the rows of the page alone. */
const selectRows = ({ db }: ListContext) =>
  db
    .select({
      id: orders.id,
      number: orders.number,
      status: orders.status,
      studioId: orders.studioId,
      studioName: sql<LocalText>`jsonb_build_object('th', ${studios.nameTh}, 'en', ${studios.nameEn})`,
      email: orders.email,
      total: orders.total,
      createdAt: orders.createdAt,
      micros: microsOf(orders.createdAt),
      paidAt: orders.paidAt,
      photos: db.$count(orderLines, and(eq(orderLines.orderId, orders.id), eq(orderLines.kind, 'photo'))),
      gateway: sql<string | null>`(
        select ${payments.gateway} from ${payments} where ${payments.orderId} = ${orders.id}
        order by ${payments.attempt} desc limit 1)`,
      events: sql<LocalText[]>`coalesce((
        select jsonb_agg(jsonb_build_object('th', ${events.nameTh}, 'en', ${events.nameEn}) order by ${orderEvents.position})
        from ${orderEvents} join ${events} on ${events.id} = ${orderEvents.eventId}
        where ${orderEvents.orderId} = ${orders.id}), '[]')`,
      hasRefund: hasRefund(db),
      hasUnapplied: hasUnapplied(db),
    })
    .from(orders)
    .innerJoin(studios, eq(studios.id, orders.studioId))
    .$dynamic()
