import type { listStaffOrders as contract } from '@pix/contracts/admin-orders.ts'
import type { Queryable } from '@pix/db/client.ts'
import { orderEvents, orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { and, eq, exists, isNull, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../base/bangkok-days.ts'
import { waitsForDecision } from '../../money/refunds/index.ts'
import type { ListContext } from '../../people/studios/index.ts'
import { seesAddresses } from './seen-addresses.ts'

type Filters = Omit<z.output<typeof contract.schema.querystring>, 'studio' | 'cursor' | 'limit'>

/** SQL on orders: one has a refund, in whatever state. */
export const hasRefund = (db: Queryable): SQL<boolean> =>
  exists(db.select({ id: refunds.id }).from(refunds).where(eq(refunds.orderId, orders.id))) as SQL<boolean>

/** SQL on orders: photos of one are asked back, and nobody has decided. */
export const hasAskedBack = (db: Queryable): SQL<boolean> =>
  exists(
    db
      .select({ id: refunds.id })
      .from(refunds)
      .where(and(eq(refunds.orderId, orders.id), waitsForDecision)),
  ) as SQL<boolean>

/** SQL on orders: money came for one that pays nothing, and it waits. */
export const hasUnapplied = (db: Queryable): SQL<boolean> =>
  exists(
    db
      .select({ id: receipts.id })
      .from(receipts)
      .innerJoin(payments, eq(payments.id, receipts.paymentId))
      .where(and(eq(payments.orderId, orders.id), isNull(receipts.appliedAt), isNull(receipts.givenBackAt))),
  ) as SQL<boolean>

/** SQL on orders: those that fit the console's filters. */
export function narrowedBy(list: ListContext, { status, from, to, event, gateway, has, q }: Filters): SQL | undefined {
  const { db } = list
  const soldAt = db.select({ id: orderEvents.orderId }).from(orderEvents)
  const tried = db.select({ id: payments.id }).from(payments)
  return and(
    status === undefined ? undefined : eq(orders.status, status),
    withinDays(orders.createdAt, { from, to }),
    event === undefined
      ? undefined
      : exists(soldAt.where(and(eq(orderEvents.orderId, orders.id), eq(orderEvents.eventId, event)))),
    gateway === undefined
      ? undefined
      : exists(tried.where(and(eq(payments.orderId, orders.id), eq(payments.gateway, gateway)))),
    has && { refund: hasRefund, refund_asked: hasAskedBack, unapplied: hasUnapplied }[has](db),
    q === undefined ? undefined : isNamed(q, seesAddresses(list.caller, list.studioId)),
  )
}

/** What `PX-2026-000123` begins with. */
const NUMBER_BEGINS = /^PX-(?:\d{0,4}|\d{4}-\d*)$/

/**
 * SQL on orders: what was typed names one. The beginning of a number can name all of a year: it is a condition on the listed
 * orders themselves, so that reading them newest first stops with the page. Otherwise each arm is a look into an index.
 */
export function isNamed(typed: string, withAddresses: boolean): SQL {
  const [upper, lower] = [typed.toUpperCase(), typed.toLowerCase()]
  if (NUMBER_BEGINS.test(upper)) return beginsWith(sql`${orders.number}`, upper)
  const isAddress = withAddresses ? beginsWith(sql`o.buyer_email`, lower) : sql`o.buyer_email collate "C" = ${lower}`
  return sql`${orders.id} in (
    select o.id from ${orders} o where ${beginsWith(sql`o.number`, upper)}
    union select o.id from ${orders} o where ${isAddress}
    union select p.order_id from ${payments} p where p.ref1 = ${upper} or p.trans_id = ${typed}
    union select coalesce(r.applied_to, p.order_id)
      from ${receipts} r left join ${payments} p on p.id = r.payment_id where r.trans_id = ${typed}
    union select f.order_id from ${refunds} f where f.number = ${upper} or f.transfer_reference = ${typed})`
}

/**
 * SQL: a text begins with what was typed. As a range, and not with `like`: an index is asked for a range before a policy of
 * a studio, for `like` after it.
 */
const beginsWith = (text: SQL, typed: string): SQL =>
  sql`${text} collate "C" >= ${typed} and ${text} collate "C" < ${typed} || ${LAST_CHARACTER}::text`
const LAST_CHARACTER = '\u{10FFFF}'
