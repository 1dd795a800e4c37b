import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { addToCart } from '@pix/contracts/cart.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import { cancelOrder, getDownloads, getOrder, placeOrder, type Order } from '@pix/contracts/orders.ts'
import { createPayment } from '@pix/contracts/payments.ts'
import { askMoneyBack, askRefund } from '@pix/contracts/refunds.ts'
import type { Person } from '../person.ts'
import type { Bank, BankCharge } from './bank.ts'
import type { Fault } from './faults.ts'

/** What became of one order, as its customer knows it. */
export interface Bought {
  fault: string
  orderId: string
  number: string
  /** Satang. */
  total: number
  status: Order['status']
  /** Originals that came down whole, by their SHA-256. */
  downloaded: number
  /** From the bank's payment to the page that says so; null where nobody paid or nothing came of it. */
  fulfilledMs: number | null
  asked: 'photo' | 'money' | null
}

/** How long an answer is waited for, with everything failing in between. */
const PATIENCE_MS = 90_000
const PAYEE = { kind: 'promptpay', id: '0812345678' } as const

export interface Errand {
  person: Person
  bank: Bank
  apiUrl: string
  photoIds: string[]
  fault: Fault
  /** Asks for a photo's money back once it is there. */
  regrets: boolean
}

/** One customer from cart to download, through whatever goes wrong. */
export async function shopOnce(errand: Errand): Promise<Bought> {
  const { person, bank, fault } = errand
  const order = await placeOne(errand)
  const bought: Bought = {
    fault: fault.name,
    orderId: order.id,
    number: order.number,
    total: order.total.amount,
    status: order.status,
    downloaded: 0,
    fulfilledMs: null,
    asked: null,
  }
  const charge = await openCharge(errand, order)
  if (fault.charge) await bank.faultsOf(charge.trans_id, fault.charge)
  if (fault.forges) await forge(errand, charge)
  if (fault.does === 'nothing') return { ...bought, status: await statusOf(errand, order.id) }
  if (fault.does === 'cancels_then_pays')
    await insist(() => person.call(cancelOrder, { params: { id: order.id } }), ['illegal_state'])

  const paidAt = performance.now()
  await bank.pay(charge.trans_id, differing(charge, fault.difference))
  if (fault.charge && 'fail' in fault.charge) {
    await sleep(4_000)
    await bank.faultsOf(charge.trans_id, { fail: 'none' })
  }
  await settle(errand, bought, paidAt)
  return bought
}

async function placeOne({ person, photoIds }: Errand): Promise<Order> {
  const key = randomUUID()
  const { items } = await insist(() => person.call(addToCart, { body: { photoIds } }))
  const expectedTotal = items[0]!.total
  const body = { email: `chaos-${key.slice(0, 8)}@demo.thepixstock.test`, locale: 'th' as const, expectedTotal }
  return insist(() => person.call(placeOrder, { body }, { idempotencyKey: key }))
}

/** A QR, asked for until there is one; each press has its own key, as a person's presses do. */
async function openCharge({ person, bank, fault }: Errand, order: Order): Promise<BankCharge> {
  const ask = (key = randomUUID()) =>
    person.call(createPayment, { body: { orderId: order.id } }, { idempotencyKey: key })
  if (fault.does === 'two_tabs') await Promise.all([insist(ask), insist(ask)])
  else if (fault.creating) {
    await bank.whileCreating(fault.creating, () => ask().catch(() => undefined))
    await insist(ask, ['order_not_payable'])
  } else await insist(ask)
  return bank.chargeOf(order.number)
}

function differing({ amount }: BankCharge, difference: number | undefined): string | undefined {
  if (difference === undefined) return undefined
  return ((Math.round(Number(amount) * 100) + difference) / 100).toFixed(2)
}

/** Nothing of this may be believed. */
async function forge({ apiUrl, fault }: Errand, { trans_id, ref1, amount }: BankCharge): Promise<void> {
  const data = JSON.stringify({ trans_id, ref1, amount, payment_status: 'completed' })
  const bodies = {
    signature: `{"data":${data},"signature":"${createHash('sha256').update(data).digest('hex')}"}`,
    malformed: `{"data":${data},"signature":`,
    oversized: `{"data":${data},"signature":"${'0'.repeat(70_000)}"}`,
  }
  const headers = { 'content-type': 'application/json' }
  await fetch(`${apiUrl}/api/payment/webhook`, { method: 'POST', headers, body: bodies[fault.forges!] }).catch(
    () => undefined,
  )
}

const ENDED = new Set<Order['status']>(['fulfilled', 'refund_pending', 'refunded', 'partially_refunded'])

/** Waits for photos or for word of money that pays nothing, and does with it what a person would. */
async function settle(errand: Errand, bought: Bought, paidAt: number): Promise<void> {
  const { person, regrets } = errand
  const params = { id: bought.orderId }
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const order = await insist(() => person.call(getOrder, { params }))
    bought.status = order.status
    if (ENDED.has(order.status)) break
    if (order.keptMoney) {
      await insist(() => person.call(askMoneyBack, { params, body: { payee: PAYEE } }), ['nothing_to_refund'])
      bought.asked = 'money'
      return
    }
    if (performance.now() > deadline) return
    await sleep(500)
  }
  bought.fulfilledMs = performance.now() - paidAt
  bought.downloaded = await downloadAll(errand, bought.orderId)
  if (!regrets) return
  const body = { photoIds: errand.photoIds.slice(0, 1), reason: 'mistake' as const, payee: PAYEE }
  await insist(() => person.call(askRefund, { params, body }), ['nothing_to_refund'])
  bought.asked = 'photo'
}

/** @returns how many originals came whole */
async function downloadAll({ person, apiUrl }: Errand, orderId: string): Promise<number> {
  let whole = 0
  const { events } = await insist(() => person.call(getDownloads, { params: { id: orderId } }))
  for (const { sha256, url } of events.flatMap(event => event.photos)) {
    const bytes = await insist(async () => {
      const answer = await person.send(new URL(url, apiUrl))
      if (!answer.ok) throw new ProblemError({ code: 'network', status: answer.status })
      return Buffer.from(await answer.arrayBuffer())
    })
    if (createHash('sha256').update(bytes).digest('hex') === sha256) whole += 1
  }
  return whole
}

const statusOf = async ({ person }: Errand, id: string) =>
  (await insist(() => person.call(getOrder, { params: { id } }))).status

/**
 * Tries again what failed because a program was away, as people and their browsers do.
 *
 * @param settled refusals that say that it is done already
 */
export async function insist<T>(act: () => Promise<T>, settled: readonly string[] = []): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (error instanceof ProblemError && settled.includes(error.code)) return undefined as T
      if (!passes(error) || performance.now() > deadline) throw error
      await sleep(300)
    }
  }
}

/** No answer, one that says that something is away, or one that asks to wait. `fetch` throws a TypeError where none came. */
const passes = (error: unknown): boolean =>
  error instanceof ProblemError
    ? error.status === 0 || error.status >= 500 || error.status === 429
    : error instanceof TypeError
