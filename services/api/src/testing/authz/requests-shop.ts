import type { Carts } from '@pix/contracts/cart.ts'
import { BUYER, documentOf, SELLER } from '../documents/documents-testing.ts'
import { coupons } from '@pix/db/schema/coupons.ts'
import { takeTransfers } from '../../money/payments/slips/testing.ts'
import { addAskedBack, addKeptMoney, PROMPTPAY } from '../../money/refunds/testing.ts'
import type { Objects } from './objects.ts'
import { addSale } from '../../money/payouts/testing.ts'
import type { Ask, Sender } from './request.ts'

const ofOpenOrder = async (o: Objects) => ({ params: { id: (await o.openOrder()).id } })
const ofPaidOrder: Ask = async o => ({ params: { id: (await o.paidOrder()).id } })

/** The sender has a photo of the event in the cart. */
async function fillCart(o: Objects, sender: Sender) {
  const browser = await sender.browser()
  const photo = await o.photo()
  const payload = { photoIds: [photo.id] }
  const answer = await o.shop.app.inject({ method: 'POST', url: '/api/cart/items', payload, headers: browser.headers })
  return answer.json<Carts>().items[0]!
}

const thb = (amount: number) => ({ amount, currency: 'THB' })
const SINGLE = { kind: 'single', name: { th: 'รูปเดียว', en: 'Single' }, photoCount: 1, price: thb(6_000) }

/** One payment for each shop: the bank may announce it again and again. */
const announcements = new WeakMap<Objects['shop'], Promise<string>>()
const webhook = async (o: Objects) => {
  const announcement = announcements.get(o.shop) ?? o.announcement()
  announcements.set(o.shop, announcement)
  return { raw: await announcement, headers: { 'content-type': 'application/json' } }
}

const MONTH = { from: '2026-10-01', to: '2026-10-31' }

/** A split rule of an event. */
const ruleOf = ({ id, studioId }: { id: string; studioId: string }) => ({
  studioId,
  eventId: id,
  platformBp: 3_000,
  studioBp: 0,
  photographerBp: 5_000,
  organizerBp: 2_000,
})

const LESS = {
  kind: 'percent' as const,
  percent: 10,
  amount: null,
  eventId: null,
  startsAt: null,
  endsAt: null,
  maxUses: null,
  maxUsesPerBuyer: null,
}
async function addCoupon({ shop: { db, deps }, event: { studioId } }: Objects) {
  const couponId = deps.newId()
  await db.insert(coupons).values({ ...LESS, id: couponId, studioId, code: couponId.toUpperCase().slice(-12) })
  return { id: studioId, couponId }
}

export const shop: Readonly<Record<string, Ask>> = {
  'GET /api/admin/orders': async o => ({ holds: [(await o.paidOrder()).id] }),
  'GET /api/admin/orders/:id': ofPaidOrder,
  'POST /api/admin/orders/:id/cancel': async o => ({
    ...(await ofOpenOrder(o)),
    body: { reason: 'asked', note: 'by telephone' },
  }),
  'POST /api/admin/orders/:id/letter': ofPaidOrder,
  'POST /api/admin/orders/:id/refunds': async ({ shop: t, event }) => {
    const { id: photographerId } = await t.user('photographer')
    const { orderId } = await addSale(t, { eventId: event.id, photographerId, photos: 1 })
    return { params: { id: orderId }, body: { reason: 'quality', note: 'by telephone', payee: null } }
  },
  'POST /api/admin/orders/:id/refunds/:refundId/decide': async ({ shop: t, event }) => {
    const { id: photographerId } = await t.user('photographer')
    const { orderId } = await addSale(t, { eventId: event.id, photographerId, photos: 1 })
    const refundId = await addAskedBack(t, orderId)
    return { params: { id: orderId, refundId }, body: { decision: 'refused', reason: 'used' } }
  },
  'GET /api/events/:id/packages': ({ event }) => ({ params: { id: event.id } }),
  'POST /api/events/:id/packages': ({ event }) => ({ params: { id: event.id }, body: { items: [] } }),

  'GET /api/admin/events/:id/packages': ({ event }) => ({ params: { id: event.id } }),
  'GET /api/studios/:id/first-steps': ({ event }) => ({ params: { id: event.studioId } }),
  'GET /api/studios/:id/packages': ({ event }) => ({ params: { id: event.studioId } }),
  'PUT /api/studios/:id/packages': ({ event }) => ({ params: { id: event.studioId }, body: { items: [] } }),
  'PUT /api/admin/packages': () => ({ body: { items: [SINGLE] } }),

  'GET /api/me/favourites': async o => ({ holds: [await o.favourite()] }),
  'GET /api/me/favourites/ids': async o => ({ query: { eventId: o.event.id }, holds: [await o.favourite()] }),
  'PUT /api/me/favourites': async o => ({ body: { photoIds: [(await o.photo()).id] } }),
  'DELETE /api/me/favourites/:photoId': async o => ({ params: { photoId: await o.favourite() } }),
  'GET /api/cart': async o => ({ holds: [(await o.cartItem()).id] }),
  'GET /api/cart/summary': async o => ({ holds: [await o.cartId()] }),
  'POST /api/cart/items': async o => ({ body: { photoIds: [(await o.photo()).id] } }),
  'DELETE /api/cart/items/:id': async o => ({ params: { id: (await o.cartItem()).id } }),
  'PUT /api/cart/package': async (o, sender) => {
    await fillCart(o, sender)
    return { body: { eventId: o.event.id, choice: 'auto' } }
  },

  'PUT /api/cart/coupon': async (o, sender) => ({ body: { cartId: (await fillCart(o, sender)).id, code: null } }),
  'GET /api/studios/:id/coupons': async o => ({
    params: { id: o.event.studioId },
    holds: [(await addCoupon(o)).couponId],
  }),
  'POST /api/studios/:id/coupons': ({ event, shop: { deps } }) => ({
    params: { id: event.studioId },
    body: { ...LESS, code: deps.newId().toUpperCase().slice(-12) },
  }),
  'PUT /api/studios/:id/coupons/:couponId': async o => ({ params: await addCoupon(o), body: { active: true } }),

  'POST /api/orders': async (o, sender) => {
    const { total } = await fillCart(o, sender)
    return { body: { email: 'somebody@test.example', locale: 'th', expectedTotal: total } }
  },
  'GET /api/orders': async o => ({ holds: [(await o.paidOrder()).id] }),
  'GET /api/orders/:id': ofPaidOrder,
  'POST /api/orders/:id/cancel': ofOpenOrder,
  'PUT /api/orders/:id/email': async o => ({
    params: { id: (await o.openOrder()).id },
    body: { email: 'other@test.example' },
  }),
  // The token of an order's letter allows asking for a code, and the code allows opening the order.
  'POST /api/orders/link': async o => ({ body: { token: await o.linkToken() } }),
  'POST /api/orders/link/code': async o => ({ body: { token: await o.linkToken() } }),
  'POST /api/orders/link/open': async o => ({ body: { token: await o.linkToken(), code: await o.orderCode() } }),
  'GET /api/orders/:id/download': ofPaidOrder,
  'POST /api/orders/:id/redownload': ofPaidOrder,
  'GET /api/orders/:id/archives/:eventId': async o => ({
    params: { id: (await o.paidOrder()).id, eventId: o.event.id },
  }),
  'POST /api/orders/:id/gifts': async o => {
    const { id, photoId } = await o.paidOrder()
    return { params: { id }, body: { photoIds: [photoId] } }
  },
  'GET /api/orders/:id/gifts': async o => {
    const { orderId, id } = await o.gift()
    return { params: { id: orderId }, holds: [id] }
  },
  'DELETE /api/gifts/:id': async o => ({ params: { id: (await o.gift()).id } }),
  // The token of a gift's link shows its photos and downloads them.
  'POST /api/gifts/look': async o => {
    const { token, photoId } = await o.gift()
    return { body: { token }, holds: [photoId] }
  },
  'POST /api/gifts/download': async o => {
    const { token, photoId } = await o.gift()
    return { body: { token, photoId, size: 'original' } }
  },
  'GET /api/photos/:id/jpeg': async o => ({ params: { id: (await o.paidOrder()).photoId }, query: { size: 'share' } }),
  'GET /api/photos/:id/bought-preview': async o => ({ params: { id: (await o.paidOrder()).photoId } }),
  'GET /api/photos/:id/original': async o => ({ params: { id: (await o.paidOrder()).photoId } }),

  'GET /api/orders/:id/documents': async o => {
    const { orderId, id } = await documentOf(o)
    return { params: { id: orderId }, holds: [id] }
  },
  'POST /api/orders/:id/tax-invoice': async o => ({ params: { id: (await documentOf(o)).orderId }, body: BUYER }),
  'GET /api/documents/:id/pdf': async o => ({ params: { id: (await documentOf(o)).id } }),
  'GET /api/admin/documents': async o => {
    const { id } = await documentOf(o)
    return { query: { studio: o.event.studioId, limit: '100' }, holds: [id] }
  },
  'GET /api/admin/documents/:id/link': async o => ({ params: { id: (await documentOf(o)).id } }),
  'GET /api/studios/:id/seller': ({ event }) => ({ params: { id: event.studioId } }),
  'PUT /api/studios/:id/seller': ({ event }) => ({ params: { id: event.studioId }, body: SELLER }),
  'GET /api/studios/:id/sales-tax': ({ event }) => ({ params: { id: event.studioId }, query: { month: '2026-11' } }),

  'GET /api/orders/:id/refunds': ofPaidOrder,
  'POST /api/orders/:id/refunds': async o => {
    const { id, photoId } = await o.paidOrder()
    return { params: { id }, body: { photoIds: [photoId], reason: 'quality', payee: PROMPTPAY } }
  },
  'POST /api/orders/:id/money-back': async o => {
    const { id } = await o.paidOrder()
    await addKeptMoney(o.shop, id)
    return { params: { id }, body: { payee: PROMPTPAY } }
  },

  'GET /api/orders/:id/transfer': async o => ({ params: { id: (await o.openOrder()).id } }),
  'POST /api/orders/:id/slips': async o => {
    await takeTransfers(o.shop)
    return { params: { id: (await o.openOrder()).id }, form: [['slip', Buffer.from('ffd8ff', 'hex')]] }
  },

  'POST /api/payment/create': async o => ({ body: { orderId: (await o.openOrder()).id } }),
  'GET /api/payment/:id/status': async o => ({ params: { id: (await o.payment()).id } }),
  'POST /api/payment/webhook': webhook,
  'POST /api/payment/webhook/:gateway': async o => ({ ...(await webhook(o)), params: { gateway: 'paynoi' } }),
  'GET /api/earnings/:party': () => ({ params: { party: 'photographer' }, query: MONTH }),
  'GET /api/earnings/:party/statement': () => ({ params: { party: 'organizer' }, query: MONTH }),
  'GET /api/earnings/:party/statement-file': () => ({ params: { party: 'organizer' }, query: MONTH }),
  'GET /api/earnings/:party/statement-file/link': () => ({ params: { party: 'photographer' }, query: MONTH }),
  'POST /api/earnings/:party/statement-file': () => ({
    params: { party: 'photographer' },
    body: { ...MONTH, locale: 'th' },
  }),
  'GET /api/ledger/seals/:number': () => ({ params: { number: '1' } }),
  'GET /api/events/:id/split-rule': ({ event: { id } }) => ({ params: { id } }),
  'POST /api/split-rules': ({ event }) => ({ body: { ...ruleOf(event), preset: 'custom' } }),
  'POST /api/split-rules/simulate': ({ event }) => ({
    body: { ...ruleOf(event), ...MONTH },
  }),
  'POST /api/photographer-rates': async o => {
    const { photographerId } = await o.photo()
    return { body: { studioId: o.event.studioId, photographerId, rateBp: 5_000 } }
  },
  'PUT /api/split-deductions': ({ event }) => ({ body: { studioId: event.studioId, vatBp: 0, feeBp: 0 } }),
  'GET /api/revenue/events/:id': ({ event }) => ({ params: { id: event.id } }),
  'GET /api/revenue/ledger': () => ({ query: { from: '2026-01-01', to: '2026-12-31' } }),
  'GET /api/revenue/ledger/export': () => ({ query: { from: '2026-01-01', to: '2026-12-31' } }),
}
