import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { addToCart } from '@pix/contracts/cart.ts'
import { cancelOrder, getOrder, placeOrder, type Order } from '@pix/contracts/orders.ts'
import { createPayment } from '@pix/contracts/payments.ts'
import type { BankCharge } from './bank.ts'
import type { Bought, Errand, Purchase } from './errand.ts'
import { insist, insistUnless, outcomeOf, PATIENCE_MS } from './insist.ts'
import { settle } from './settle.ts'
import { payBySlip, slipsRefused } from './slip.ts'

/**
 * One customer from cart to download, through whatever goes wrong.
 *
 * @param placed is given the order as soon as there is one, and sees what happens to it
 */
export async function shopOnce(errand: Errand, placed: (purchase: Purchase) => void): Promise<void> {
  const { person, bank, fault } = errand
  const order = await placeOne(errand)
  const bought: Bought = {
    fault: fault.name,
    orderId: order.id,
    number: order.number,
    total: order.total.amount,
    photos: errand.photoIds.length,
    status: order.status,
    downloaded: 0,
    fulfilledMs: null,
    asked: null,
    isWaiting: false,
  }
  const purchase = { errand, bought }
  placed(purchase)
  const charge = await openCharge(errand, order)
  if (fault.charge) await bank.faultsOf(charge.trans_id, fault.charge)
  if (fault.forges) await forge(errand, charge)
  if (fault.does === 'nothing') {
    bought.status = (await insist(() => person.call(getOrder, { params: { id: order.id } }))).status
    return
  }
  if (fault.does === 'cancels_then_pays')
    await insistUnless(['illegal_state'], () => person.call(cancelOrder, { params: { id: order.id } }))
  if (fault.slip) await showSlip(purchase, order, charge)
  else await payQr(purchase, charge)
}

async function payQr(purchase: Purchase, charge: BankCharge): Promise<void> {
  const { bank, fault } = purchase.errand
  const paidAt = performance.now()
  await bank.pay(charge.trans_id, differing(charge, fault.difference))
  purchase.bought.isWaiting = true
  if (fault.charge && 'fail' in fault.charge) {
    await sleep(4_000)
    await bank.faultsOf(charge.trans_id, { fail: 'none' })
  }
  await settle(purchase, paidAt)
}

async function showSlip(purchase: Purchase, order: Order, charge: BankCharge): Promise<void> {
  const { errand, bought } = purchase
  bought.isWaiting = await payBySlip(errand, order, charge)
  if (bought.isWaiting) return settle(purchase, null)
  if (!(await slipsRefused(errand, order.id))) throw new Error('nobody decided on the slip')
  bought.status = (await insist(() => errand.person.call(getOrder, { params: { id: order.id } }))).status
}

async function placeOne({ person, photoIds }: Errand): Promise<Order> {
  const key = randomUUID()
  const { items } = await insist(() => person.call(addToCart, { body: { photoIds } }))
  const expectedTotal = items[0]!.total
  const body = { email: `chaos-${key.slice(0, 8)}@demo.thepixstock.test`, locale: 'th' as const, expectedTotal }
  return insist(() => person.call(placeOrder, { body }, { idempotencyKey: key }))
}

/**
 * A QR, asked for until the shop shows one; each press has its own key, as a person's presses do. While an attempt whose
 * process was killed is not given up, the shop answers with that, and nobody can pay it.
 */
async function openCharge(errand: Errand, order: Order): Promise<BankCharge> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const isShown = await askForQr(errand, order)
    const charge = isShown ? await errand.bank.chargeOf(order.number) : undefined
    if (charge) return charge
    if (performance.now() > deadline) throw new Error('the shop gave no QR')
    await sleep(1_000)
  }
}

/** @returns whether the shop shows a QR, or has got money already */
async function askForQr({ person, bank, fault }: Errand, order: Order): Promise<boolean> {
  const ask = (key = randomUUID()) =>
    person.call(createPayment, { body: { orderId: order.id } }, { idempotencyKey: key })
  const press = async () => {
    const outcome = await outcomeOf(ask)
    return 'answer' in outcome ? outcome.answer.state !== 'creating' : outcome.refused === 'order_not_payable'
  }
  if (fault.does === 'two_tabs') return (await Promise.all([press(), press()])).every(Boolean)
  if (!fault.creating) return press()
  if (!('fail' in fault.creating)) return bank.whileCreating(fault.creating, press)
  await bank.whileCreating(fault.creating, () => ask().catch(() => undefined))
  return press()
}

function differing({ amount }: BankCharge, difference: number | undefined): string | undefined {
  if (difference === undefined) return undefined
  return ((Math.round(Number(amount) * 100) + difference) / 100).toFixed(2)
}

/** Announcements that the shop must not accept. */
async function forge({ apiUrl, fault }: Errand, { trans_id, ref1, amount }: BankCharge): Promise<void> {
  const data = JSON.stringify({ trans_id, ref1, amount, payment_status: 'completed' })
  const bodies = {
    signature: `{"data":${data},"signature":"${createHash('sha256').update(data).digest('hex')}"}`,
    malformed: `{"data":${data},"signature":`,
    oversized: `{"data":${data},"signature":"${'0'.repeat(70_000)}"}`,
  }
  const headers = { 'content-type': 'application/json' }
  const body = bodies[fault.forges!]
  await outcomeOf(() => fetch(`${apiUrl}/api/payment/webhook`, { method: 'POST', headers, body }))
}
