import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useWaitingOrder } = await import('./use-waiting-order.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const order = (id: string, status: string, paymentId: string | null = null) => ({ id, status, paymentId })

async function open(...items: object[]) {
  const scope = effectScope()
  const waiting = scope.run(() => useWaitingOrder())!
  await asked[0]!.answer({ items, nextCursor: null })
  return { ...waiting, [Symbol.dispose]: () => scope.stop() }
}

test('the newest order that waits for its money is the one', async () => {
  using one = await open(order('paid', 'delivered'), order('newest', 'pending'), order('older', 'pending'))
  expect(one.waiting.value?.id).toBe('newest')
  using none = await (asked.splice(0), open(order('paid', 'delivered')))
  expect(none.waiting.value).toBeUndefined()
  expect(await none.paymentId()).toBeUndefined()
})

test('an order that has a payment goes on with it; another one gets its own, once however often it is pressed', async () => {
  using having = await open(order('a', 'awaiting_payment', 'payment-of-a'))
  expect(await having.paymentId()).toBe('payment-of-a')

  asked.splice(0)
  using without = await open(order('b', 'pending'))
  const first = without.paymentId()
  expect(await without.paymentId()).toBeUndefined()
  await settled()
  expect(asked).toHaveLength(2)
  expect(asked[1]!.key).toMatch(/\S/)
  await asked[1]!.answer(Response.json({ id: 'payment-of-b' }, { status: 201 }))
  expect(await first).toBe('payment-of-b')
})

test('what is given up is no longer waiting; a refusal is said and it waits on', async () => {
  using page = await open(order('a', 'pending'))
  const refused = page.giveUp()
  await settled()
  await asked[1]!.answer(refusal(409, 'illegal_state'))
  await refused
  expect([page.waiting.value?.id, page.act.value.status]).toEqual(['a', 'failed'])
  const given = page.giveUp()
  await settled()
  await asked[2]!.answer(order('a', 'cancelled'))
  await asked[3]!.answer({ items: [order('a', 'cancelled')], nextCursor: null })
  await given
  expect([page.waiting.value, page.act.value.status]).toEqual([undefined, 'idle'])
})
