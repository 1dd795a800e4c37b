import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProblemError } from '@pix/contracts/client.ts'
import { getDownloads, getOrder, type Order } from '@pix/contracts/orders.ts'
import { askMoneyBack, askRefund, listRefunds } from '@pix/contracts/refunds.ts'
import type { Errand, Purchase } from './errand.ts'
import { insist, insistUnless, outcomeOf, PATIENCE_MS } from './insist.ts'

const PAYEE = { kind: 'promptpay', id: '0812345678' } as const
const ENDED = new Set<Order['status']>(['fulfilled', 'refund_pending', 'refunded', 'partially_refunded'])

/**
 * Waits for photos or for word of money that pays nothing, and does with it what a person would. Who waited in vain may
 * come back later.
 *
 * @param paidAt null where a person had to look: their time is not the shop's
 */
export async function settle(purchase: Purchase, paidAt: number | null): Promise<void> {
  const { errand, bought } = purchase
  const params = { id: bought.orderId }
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const order = await insist(() => errand.person.call(getOrder, { params }))
    bought.status = order.status
    if (ENDED.has(order.status)) break
    if (order.keptMoney ? await wantsBack(errand, bought.orderId) : await wasGivenBack(errand, bought.orderId)) {
      bought.asked = 'money'
      bought.isWaiting = false
      return
    }
    if (performance.now() > deadline) return
    await sleep(500)
  }
  if (paidAt !== null) bought.fulfilledMs = performance.now() - paidAt
  bought.isWaiting = false
  bought.downloaded = await downloadAll(errand, bought.orderId)
  await regret(purchase)
}

/** @returns false where our people have given that money to the order, or back, meanwhile */
const wantsBack = ({ person }: Errand, id: string): Promise<boolean> =>
  insistUnless(['nothing_to_refund'], () => person.call(askMoneyBack, { params: { id }, body: { payee: PAYEE } }))

/** Whether our people have given back what paid nothing, before its buyer saw that it came. */
async function wasGivenBack({ person }: Errand, id: string): Promise<boolean> {
  const { items } = await insist(() => person.call(listRefunds, { params: { id } }))
  return items.some(({ photoIds, state }) => photoIds.length === 0 && state !== 'refused')
}

async function regret({ errand, bought }: Purchase): Promise<void> {
  if (errand.regrets === 'nothing') return
  const photoIds = errand.regrets === 'all' ? errand.photoIds : errand.photoIds.slice(0, 1)
  const body = { photoIds, reason: 'mistake' as const, payee: PAYEE }
  await insistUnless(['nothing_to_refund'], () =>
    errand.person.call(askRefund, { params: { id: bought.orderId }, body }),
  )
  bought.asked = 'photos'
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

/** Photos whose money goes back and that can still be downloaded. */
export async function stillOpen({ errand: { person }, bought }: Purchase): Promise<number> {
  if (bought.asked === null || bought.asked === 'money') return 0
  const params = { id: bought.orderId }
  const { items } = await insist(() => person.call(listRefunds, { params }))
  const decided = items.filter(({ state }) => state === 'approved' || state === 'transferred')
  const gone = new Set(decided.flatMap(({ photoIds }) => photoIds))
  const downloads = await outcomeOf(() => person.call(getDownloads, { params }))
  // An order of which nothing is left has none.
  const events = 'answer' in downloads ? downloads.answer.events : []
  return events.flatMap(event => event.photos).filter(({ photo }) => gone.has(photo.id)).length
}
