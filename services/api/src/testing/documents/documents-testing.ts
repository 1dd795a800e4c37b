import type { OrderDocuments } from '@pix/contracts/documents.ts'
import type { Carts } from '@pix/contracts/cart.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { documentContents, documents } from '@pix/db/schema/documents.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { openContent } from '@pix/db/sealed/document-content.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import type { Bank, Shop } from '../../money/payments/bank-testing.ts'
import { PROMPTPAY } from '../../money/refunds/testing.ts'
import { issueForSale } from '../../money/documents/index.ts'

export const SELLER = {
  vat: 'registered',
  name: 'บริษัท ภาพสวย จำกัด',
  address: '99 ถนนพระรามที่ 1 แขวงปทุมวัน เขตปทุมวัน กรุงเทพมหานคร 10330',
  taxId: '0107537000521',
  branch: '00000',
  sellsAs: 'principal',
  soldAs: 'service',
} as const

export const BUYER = {
  name: 'บริษัท ผู้ซื้อ จำกัด (มหาชน)',
  address: '1 ถนนสีลม แขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500',
  taxId: '0994000158378',
  branch: '00001',
}

/** An abbreviated tax invoice of somebody's paid order. */
export async function documentOf(o: {
  shop: Shop
  event: { studioId: string }
  paidOrder: () => Promise<{ id: string }>
}): Promise<{ id: string; orderId: string }> {
  const { deps, db } = o.shop
  const { id: orderId } = await o.paidOrder()
  const { studioId } = o.event
  const taxId = seal(deps.settings.COLUMN_KEYS, studioSellers.taxId, studioId, SELLER.taxId)
  await db
    .insert(studioSellers)
    .values({ ...SELLER, studioId, taxId, changedAt: deps.now() })
    .onConflictDoNothing()
  const isIt = eq(documents.orderId, orderId)
  if ((await db.$count(documents, isIt)) === 0)
    await db.transaction(async tx => issueForSale(deps, tx, (await lockOrder(deps, tx, orderId))!))
  const [made] = await db.select({ id: documents.id }).from(documents).where(isIt)
  return { id: made!.id, orderId }
}

/** What is done with documents, of a shop with a bank. */
export async function paperwork(t: Shop, bank: Bank) {
  const owner = await t.member(HOUSE_STUDIO, 'owner')
  const setSeller = async (change: object = {}) => {
    const url = `/api/studios/${HOUSE_STUDIO}/seller`
    return t.app.inject({ method: 'PUT', url, payload: { ...SELLER, ...change }, headers: owner.headers })
  }

  /** A bought order of an event with so many photos at 60 baht. */
  const buy = async (photos: number, { organizer, taxData }: { organizer?: string; taxData?: object } = {}) => {
    const cart = await t.withCart(photos, organizer === undefined ? {} : { organizer })
    const expectedTotal = (await t.get(cart.visitor, '/api/cart')).json<Carts>().items[0]!.total
    const body = { email: 'a@b.example', locale: 'th', expectedTotal, ...(taxData && { taxData }) }
    const order = (await t.post(cart.visitor, '/api/orders', body)).json<{ id: string; number: string }>()
    const attempt = (await t.payment(cart.visitor, order.id)).json<{ id: string }>()
    const [row] = await t.db.select().from(payments).where(eq(payments.id, attempt.id))
    await bank.pay(row!.transId!)
    await expect.poll(() => t.status(cart.visitor, order.id)).toBe('fulfilled')
    const list = async () => (await t.get(cart.visitor, `/api/orders/${order.id}/documents`)).json<OrderDocuments>()
    return { ...cart, order, list }
  }

  /** Gives photos of an order back, to the end. */
  const giveBack = async ({ visitor, order }: Awaited<ReturnType<typeof buy>>, photoIds: string[]) => {
    const inbox = await inboxOf(t)
    const asked = await t.post(visitor, `/api/orders/${order.id}/refunds`, {
      photoIds,
      reason: 'quality',
      payee: PROMPTPAY,
    })
    const { id } = asked.json<{ id: string }>()
    await inbox.ask('POST', `/refund/${id}/decide`, { decision: 'approved', reason: 'true' })
    expect((await inbox.ask('POST', `/refund/${id}/transferred`, { reference: 'KB-1' })).statusCode).toBe(204)
  }

  /** What a document prints, by its number. */
  const printed = async (number: string) => {
    const [found] = await t.db
      .select({ row: documents, content: documentContents.content })
      .from(documents)
      .innerJoin(documentContents, eq(documentContents.documentId, documents.id))
      .where(eq(documents.number, number))
    return openContent(t.deps.settings.COLUMN_KEYS, found!.row, found!.content)
  }
  return { owner, setSeller, buy, giveBack, printed }
}
