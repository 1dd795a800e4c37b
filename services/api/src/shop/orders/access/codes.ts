import type { Queryable } from '@pix/db/client.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderCodes } from '@pix/db/schema/orders.ts'
import { goodMs } from '@pix/domain/letters.ts'
import { and, desc, eq, gt, isNull, lt, type SQL } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'

const HOUR_MS = 3_600_000
export const CODE_GOOD_MS = goodMs('order_code')!
/** A code is good for nothing any more after this many wrong tries. */
export const MOST_TRIES = 5
const MOST_AN_HOUR = 3

/** SQL: codes of the order that may still be given. */
export const isOpenCode = (orderId: string, at: Date): SQL =>
  and(
    eq(orderCodes.orderId, orderId),
    isNull(orderCodes.usedAt),
    gt(orderCodes.expiresAt, at),
    lt(orderCodes.tries, MOST_TRIES),
  )!

/** An order's codes of the last hour, newest first. */
const lastHour = ({ now }: Pick<Context, 'now'>, db: Queryable, orderId: string) =>
  db
    .select({ code: orderCodes, sentAt: outgoingMail.sentAt, givenUp: outgoingMail.givenUp })
    .from(orderCodes)
    .leftJoin(outgoingMail, eq(outgoingMail.id, orderCodes.letterId))
    .where(and(eq(orderCodes.orderId, orderId), gt(orderCodes.createdAt, new Date(now().getTime() - HOUR_MS))))
    .orderBy(desc(orderCodes.createdAt), desc(orderCodes.id))

/** When the next code may be sent; null: now. */
export async function nextCodeAt(ctx: Pick<Context, 'now'>, db: Queryable, orderId: string): Promise<Date | null> {
  const third = (await lastHour(ctx, db, orderId))[MOST_AN_HOUR - 1]
  return third ? new Date(third.code.createdAt.getTime() + HOUR_MS) : null
}

/** The newest code that may still be given, with how far its letter is. */
export async function newestCode(ctx: Pick<Context, 'now'>, db: Queryable, orderId: string) {
  const at = ctx.now()
  const rows = await lastHour(ctx, db, orderId)
  return rows.find(({ code }) => !code.usedAt && code.expiresAt > at && code.tries < MOST_TRIES) ?? null
}
