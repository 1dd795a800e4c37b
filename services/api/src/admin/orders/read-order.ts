import type { StaffOrderDetail } from '@pix/contracts/admin-orders.ts'
import { baht } from '@pix/contracts/common.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { refundLines } from '@pix/db/schema/refunds.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { users } from '@pix/db/schema/auth.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { mayMove, wasPaid } from '@pix/domain/order-moves.ts'
import { and, asc, eq, exists } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { mayRefund } from '../../money/refunds/index.ts'
import { usedCoupons } from '../../shop/orders/index.ts'
import { readAskedBack } from './asked-back.ts'
import { helpWithOrder } from './help-with-order.ts'
import { lettersAndAnnouncements, staffHappenings } from './read-timeline.ts'
import { shownTo } from './seen-addresses.ts'

/** An order of a studio with everything that happened to it. @throws Problem `not_found` unless the caller helps its customers */
export async function readStaffOrder(ctx: CallerContext, orderId: string): Promise<StaffOrderDetail> {
  const { timeline, may, refund, ...order } = await helpWithOrder(ctx, orderId, async staff => ({
    ...(await describe(staff, orderId)),
    askedBack: await readAskedBack(staff, orderId),
    timeline: await staffHappenings(staff, orderId),
    refund: await mayRefund(staff, orderId),
  }))
  // Letters and what gateways announce are no studio's tables: they are read by the order, once it is the caller's to see.
  const others = await lettersAndAnnouncements(ctx, orderId)
  const isGivenBack = order.lines.every(({ refunded, price, discount }) => refunded || price.amount === discount.amount)
  return {
    ...order,
    may: {
      ...may,
      refund: refund !== null && wasPaid(order.status) && !isGivenBack,
      refundUpTo: refund === null || refund.upTo === null ? null : baht(refund.upTo),
      decideRefunds: !refund?.decides ? 'no' : refund.approves ? 'all' : 'refuse',
    },
    timeline: [...timeline, ...others].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  }
}

type Described = Omit<StaffOrderDetail, 'timeline' | 'askedBack' | 'may'> & {
  may: Pick<StaffOrderDetail['may'], 'cancel' | 'resend' | 'settleMoney'>
}

async function describe(staff: StaffContext, orderId: string): Promise<Described> {
  const { db, caller } = staff
  const downloadable = and(eq(entitlements.orderId, orders.id), mayBeDownloaded(staff.now()))
  const [row] = await db
    .select({
      order: orders,
      nameTh: studios.nameTh,
      nameEn: studios.nameEn,
      isDownloadable: exists(db.select({ id: entitlements.id }).from(entitlements).where(downloadable)),
    })
    .from(orders)
    .innerJoin(studios, eq(studios.id, orders.studioId))
    .where(eq(orders.id, orderId))
  if (!row) throw notFound()
  const { order, nameTh, nameEn, isDownloadable } = row
  const { id, number, status, locale, storefront, studioId, total } = order
  return {
    id,
    number,
    status,
    locale,
    storefront,
    studio: { id: studioId, name: { th: nameTh, en: nameEn } },
    email: shownTo(caller, order),
    total: baht(total),
    coupon: (await usedCoupons(db, [id])).get(id) ?? null,
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    lines: await linesOf(staff, orderId),
    may: {
      cancel: mayMove(status, 'cancelled'),
      resend: isDownloadable === true,
      settleMoney: caller.isPlatformAdmin,
    },
  }
}

async function linesOf({ db }: StaffContext, orderId: string): Promise<StaffOrderDetail['lines']> {
  const givenBack = db
    .select({ id: refundLines.lineId })
    .from(refundLines)
    .where(and(eq(refundLines.lineId, orderLines.id), eq(refundLines.refused, false)))
  const rows = await db
    .select({
      photoId: photos.id,
      fileName: photos.fileName,
      event: { id: events.id, slug: events.slug, nameTh: events.nameTh, nameEn: events.nameEn },
      photographer: users.name,
      price: orderLines.unitPrice,
      discount: orderLines.discount,
      takenDownAt: orderLines.takenDownAt,
      refunded: exists(givenBack),
    })
    .from(orderLines)
    .innerJoin(photos, eq(photos.id, orderLines.photoId))
    .innerJoin(events, eq(events.id, orderLines.eventId))
    .innerJoin(users, eq(users.id, orderLines.photographerId))
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'photo')))
    .orderBy(asc(orderLines.position))
  return rows.map(({ event: { id, slug, nameTh, nameEn }, price, discount, takenDownAt, refunded, ...row }) => ({
    ...row,
    event: { id, slug, name: { th: nameTh, en: nameEn } },
    price: baht(price),
    discount: baht(discount),
    takenDown: takenDownAt !== null,
    refunded: refunded === true,
  }))
}
