import { startBank } from '../../money/payments/bank-testing.ts'
import { UNLIMITED } from '../authz/unlimited.ts'

export interface Selling {
  ordersPerSecond: number
  fulfilledPerSecond: number
  /** Milliseconds from the bank's button to the order's downloads, of each order. */
  fulfilmentMs: number[]
}

/**
 * Orders of three photos through the real api with the simulated bank, so many at once: first all are placed, then all are
 * paid. The bank and the api share the machine.
 */
export async function sell(count: number, atOnce: number): Promise<Selling> {
  const bank = await startBank()
  try {
    await using t = await bank.openShop({ settings: UNLIMITED })
    const carts = await inTurns(count, atOnce, () => t.withCart(3))
    const placing = performance.now()
    const placed = await inTurns(count, atOnce, async at => {
      const answer = await t.order(carts[at]!.visitor, 18_000)
      if (answer.statusCode !== 201) throw new Error(answer.body)
      return answer.json<{ id: string; number: string }>()
    })
    const placedMs = performance.now() - placing
    await inTurns(count, atOnce, at => t.payment(carts[at]!.visitor, placed[at]!.id))
    const charges = await bank.charges()
    const fulfilmentMs: number[] = []
    const paying = performance.now()
    await inTurns(count, atOnce, async at => {
      const began = performance.now()
      await bank.pay(charges[at]!.trans_id)
      const reference = charges[at]!.ref1.replace(/^PX\d\d/, '').replace(/A\d+$/, '')
      const order = placed.findIndex(({ number }) => number.endsWith(reference))
      while ((await t.status(carts[order]!.visitor, placed[order]!.id)) !== 'fulfilled') await undefined
      fulfilmentMs.push(performance.now() - began)
    })
    const paidMs = performance.now() - paying
    return {
      ordersPerSecond: (count / placedMs) * 1_000,
      fulfilledPerSecond: (count / paidMs) * 1_000,
      fulfilmentMs,
    }
  } finally {
    await bank.stop()
  }
}

/** `act` for 0 … count - 1, so many of them at once. */
async function inTurns<T>(count: number, atOnce: number, act: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let at = next++; at < count; at = next++) made[at] = await act(at)
    }),
  )
  return made
}
