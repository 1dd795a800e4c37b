import { baht } from '@pix/contracts/common.ts'
import type { PageQuery } from '@pix/contracts/common.ts'
import type { Coupon, NewCoupon } from '@pix/contracts/coupons.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { and, desc, eq, lt, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { inStudio, MANAGERS } from '../../../people/studios/index.ts'
import { usesIts } from './claim-coupon.ts'

/** A studio's coupons, newest first. */
export async function listCoupons(
  ctx: CallerContext,
  studioId: string,
  { limit, cursor }: z.output<typeof PageQuery>,
): Promise<{ items: Coupon[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const rest = after
    ? or(lt(coupons.createdAt, after.at), and(eq(coupons.createdAt, after.at), lt(coupons.id, after.id)))
    : undefined
  const found = await inStudio(ctx, studioId, MANAGERS, staff => selectCoupons(staff, rest, limit + 1))
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor([Date.parse(last.createdAt), last.id]) : null }
}

/** @throws Problem `coupon_code_taken`; `not_found` for an event of another studio */
export const createCoupon = (ctx: CallerContext, studioId: string, made: NewCoupon): Promise<Coupon> =>
  inStudio(ctx, studioId, MANAGERS, async staff => {
    const { db, newId, now } = staff
    const id = newId()
    if (made.eventId !== null && (await db.$count(events, eq(events.id, made.eventId))) === 0) throw notFound()
    const inserted = await db
      .insert(coupons)
      .values({
        ...made,
        id,
        studioId,
        amount: made.amount?.amount ?? null,
        startsAt: made.startsAt === null ? null : new Date(made.startsAt),
        endsAt: made.endsAt === null ? null : new Date(made.endsAt),
        createdAt: now(),
      })
      .onConflictDoNothing({ target: [coupons.studioId, coupons.code] })
      .returning({ id: coupons.id })
    if (inserted.length === 0) throw new Problem('coupon_code_taken')
    await recordAudit(staff, 'coupon.create', `coupon:${id}`, { after: { ...made } })
    return findCoupon(staff, id)
  })

/** Off or on again. Orders that stand keep it. */
export const switchCoupon = (
  ctx: CallerContext,
  { studioId, couponId }: { studioId: string; couponId: string },
  active: boolean,
): Promise<Coupon> =>
  inStudio(ctx, studioId, MANAGERS, async staff => {
    const changed = await staff.db
      .update(coupons)
      .set({ active })
      .where(and(eq(coupons.id, couponId), eq(coupons.studioId, studioId)))
      .returning({ id: coupons.id })
    if (changed.length === 0) throw notFound()
    await recordAudit(staff, 'coupon.switch', `coupon:${couponId}`, { after: { active } })
    return findCoupon(staff, couponId)
  })

async function findCoupon(staff: StaffContext, id: string): Promise<Coupon> {
  const [found] = await selectCoupons(staff, eq(coupons.id, id), 1)
  if (!found) throw notFound()
  return found
}

async function selectCoupons({ db, studioId }: StaffContext, which: SQL | undefined, most: number): Promise<Coupon[]> {
  const uses = db
    .select({ count: sql`count(distinct ${orders.id})` })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(eq(orderLines.couponId, coupons.id), usesIts()))
  const rows = await db
    .select({ row: coupons, event: events, uses: sql<number>`(${uses})`.mapWith(Number) })
    .from(coupons)
    .leftJoin(events, eq(events.id, coupons.eventId))
    .where(and(eq(coupons.studioId, studioId), which))
    .orderBy(desc(coupons.createdAt), desc(coupons.id))
    .limit(most)
  return rows.map(({ row, event, uses: count }) => ({
    id: row.id,
    code: row.code,
    kind: row.kind,
    percent: row.percent,
    amount: row.amount === null ? null : baht(row.amount),
    event: event && { id: event.id, slug: event.slug, name: { th: event.nameTh, en: event.nameEn } },
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
    maxUses: row.maxUses,
    maxUsesPerBuyer: row.maxUsesPerBuyer,
    uses: count,
    active: row.active,
    createdAt: row.createdAt.toISOString(),
  }))
}
