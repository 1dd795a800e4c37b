import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { HOUSE_STUDIO } from './house-studio.ts'
import { newId } from './ids.ts'
import { sessions, users } from './schema/auth.ts'
import { coupons } from './schema/coupons.ts'
import { entitlements } from './schema/entitlements.ts'
import { events } from './schema/events.ts'
import { orderEvents, orderLines, orders } from './schema/orders.ts'
import { photos } from './schema/photos.ts'
import { splitRules } from './schema/split-rules.ts'
import { testDb } from './testing.ts'

type Line = Omit<typeof orderLines.$inferInsert, 'id' | 'orderId' | 'position'>

/** Two events, a photo of each, and a way to place orders of the first event with any lines. */
async function scene() {
  const t = await testDb()
  const [sessionId, photographerId] = [newId(), newId()]
  await t.db.insert(sessions).values({ id: sessionId, tokenHash: sessionId, expiresAt: new Date('2030-01-01') })
  await t.db
    .insert(users)
    .values({ id: photographerId, email: 'p@test.example', name: 'P', role: 'user', passwordHash: '-' })
  const [rule] = await t.db.select().from(splitRules)
  const at = new Date('2026-11-01T00:00:00Z')
  const made = []
  for (let n = 0; n < 2; n += 1) {
    const [eventId, photoId] = [newId(), newId()]
    const names = { slug: eventId, nameTh: '-', nameEn: '-', venue: '-', province: '-' }
    await t.db
      .insert(events)
      .values({ id: eventId, studioId: HOUSE_STUDIO, ...names, category: 'run', startsAt: at, endsAt: at })
    const sha256 = photoId.replaceAll('-', '').padEnd(64, '0')
    const file = { fileName: 'a.jpg', sha256, bytes: 1, format: 'jpg' }
    await t.db.insert(photos).values({ id: photoId, eventId, photographerId, ...file })
    made.push({ eventId, photoId })
  }
  const [own, other] = made as [(typeof made)[0], (typeof made)[0]]
  const photo = (more: Partial<Line> = {}): Line => ({
    kind: 'photo',
    ...own,
    photographerId,
    unitPrice: 6_000,
    ...more,
  })

  /** @returns the new lines' ids, or what the database says against them */
  const place = (total: number, lines: readonly Line[]): Promise<string[] | string> =>
    t.db
      .transaction(async tx => {
        const [orderId, studioId] = [newId(), HOUSE_STUDIO]
        const frozen = { lines: [], total: { amount: total, currency: 'THB' as const }, photos: 1 }
        const paid = { status: 'paid' as const, paidAt: at, total, expiresAt: at }
        await tx
          .insert(orders)
          .values({ id: orderId, studioId, number: orderId, sessionId, email: '-', locale: 'th', ...paid })
        const of = { orderId, eventId: own.eventId }
        await tx.insert(orderEvents).values({ ...of, studioId, position: 0, offer: frozen, splitRuleId: rule!.id })
        const rows = lines.map((line, position) => ({ id: newId(), orderId, position, ...line }))
        await tx.insert(orderLines).values(rows)
        return rows.map(row => row.id)
      })
      .catch((error: Error) => (error.cause as { constraint?: string } | undefined)?.constraint ?? error.message)
  const couponId = newId()
  const worth = { kind: 'fixed' as const, amount: 1_500 }
  await t.db.insert(coupons).values({ id: couponId, studioId: HOUSE_STUDIO, code: 'LESS', ...worth })
  return Object.assign(t, { place, photo, own, other, sessionId, couponId })
}

test('an order costs what its lines add up to, a coupon taken off, whenever one of them changes or goes', async () => {
  await using t = await scene()
  const lines: Line[] = [
    t.photo({ discount: 1_000 }),
    { kind: 'print', ...t.own, photographerId: t.photo().photographerId!, unitPrice: 9_000, discount: 500 },
    { kind: 'fee', eventId: null, unitPrice: 500 },
    { kind: 'coupon', couponId: t.couponId, eventId: t.own.eventId, unitPrice: -1_500 },
  ]
  expect(await t.place(14_000, lines)).toHaveLength(4)
  expect(await t.place(14_001, lines)).toBe('order_lines_total')
  const refusal = async (statement: string) =>
    t.db.execute(sql.raw(statement)).then(
      () => 'done',
      (error: Error) => (error.cause as { constraint?: string }).constraint,
    )
  expect(await refusal(`update order_lines set unit_price = unit_price + 1 where kind = 'photo'`)).toBe(
    'order_lines_total',
  )
  expect(await refusal(`delete from order_lines where kind = 'fee'`)).toBe('order_lines_total')
  expect(await refusal(`update orders set total = total + 1`)).toBe('order_lines_total')
  expect(await refusal(`update order_lines set discount = 0 where kind = 'photo'`)).toBe('order_lines_discounts')
  expect(await refusal(`update order_lines set discount = unit_price + 1 where kind = 'photo'`)).toBe(
    'order_lines_discount',
  )
  expect(await refusal(`update order_lines set coupon_id = null`)).toBe('order_lines_coupon')
})

const fee = (unitPrice: number): Line => ({ kind: 'fee', eventId: null, unitPrice })

test('a line says all that its kind needs and nothing that it has not', async () => {
  await using t = await scene()
  for (const lacking of ['photoId', 'photographerId', 'eventId'] as const)
    expect(await t.place(6_000, [t.photo({ [lacking]: null })])).toBe('order_lines_kind')
  expect(await t.place(0, [t.photo({ kind: 'coupon', couponId: t.couponId, unitPrice: 0 })])).toBe('order_lines_kind')
  expect(await t.place(1, [{ kind: 'coupon', couponId: t.couponId, eventId: null, unitPrice: 1 }])).toBe(
    'order_lines_unit_price',
  )
  expect(await t.place(0, [fee(-1), fee(1)])).toBe('order_lines_unit_price')
})

test('a line is of an event of its order, and no photo is in an order twice', async () => {
  await using t = await scene()
  expect(await t.place(6_000, [t.photo(t.other)])).toBe('order_lines_order_event')
  expect(await t.place(12_000, [t.photo(), t.photo()])).toBe('order_lines_photo')
})

test('one buyer has a photo once, and again only after it was taken back', async () => {
  await using t = await scene()
  const [first] = (await t.place(6_000, [t.photo()])) as string[]
  const [second] = (await t.place(6_000, [t.photo()])) as string[]
  const give = (lineId: string) =>
    t.db
      .insert(entitlements)
      .values({
        id: newId(),
        orderId: sql`coalesce((select order_id from order_lines where id = ${lineId}), ${newId()}::uuid)`,
        sessionId: t.sessionId,
        email: '-',
        photoId: t.own.photoId,
        lineId,
        from: new Date('2026-11-01T00:00:00Z'),
        until: new Date('2026-12-01T00:00:00Z'),
      })
      .then(
        () => 'given',
        (error: Error) => (error.cause as { constraint?: string }).constraint,
      )
  expect(await give(first!)).toBe('given')
  expect(await give(second!)).toBe('entitlements_bought')
  expect(await give(newId())).toBe('entitlements_bought')
  await t.db.update(entitlements).set({ closedAt: new Date(), closedWhy: 'refund' })
  expect(await give(newId())).toBe('entitlements_line_id_order_lines_id_fk')
  expect(await give(first!)).toBe('entitlements_line_id_unique')
  expect(await give(second!)).toBe('given')
})
