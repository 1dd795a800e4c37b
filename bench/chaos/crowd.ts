import type { Stack } from '@pix/stack/start/stack.ts'
import { personAt } from '../person.ts'
import type { Bank } from './bank.ts'
import { shopOnce } from './customer.ts'
import type { Errand, Purchase } from './errand.ts'
import { FAULTS } from './faults.ts'
import type { OnSale } from './shops.ts'
import type { Statement } from './statement.ts'

interface Place {
  stack: Stack
  bank: Bank
  statement: Statement
  onSale: OnSale
}

/** One buyer in so many asks for the money of a photo back, and one in so many for that of all. */
const REGRETS = { one: 10, all: 20 }
const MOST_PHOTOS = 4

/**
 * So many customers, some at once, with every fault in turn.
 *
 * @returns also why an order broke off, where one did
 */
export async function sendCustomers(
  place: Place,
  { orders, seed, atOnce }: { orders: number; seed: number; atOnce: number },
): Promise<{ purchases: Purchase[]; broken: string[] }> {
  const random = randomOf(seed)
  const purchases: Purchase[] = []
  const broken: string[] = []
  let next = 0
  const one = async () => {
    for (let at = next++; at < orders; at = next++) {
      const errand = errandOf(place, at, random)
      await shopOnce(errand, purchase => purchases.push(purchase)).catch((error: unknown) =>
        broken.push(`${errand.fault.name}: ${error instanceof Error ? error.message : String(error)}`),
      )
      if (at % 25 === 0) process.stderr.write(`chaos: ${purchases.length} of ${orders} orders\n`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return { purchases, broken }
}

function errandOf({ stack, bank, statement, onSale }: Place, at: number, random: () => number): Errand {
  const fault = FAULTS[at % FAULTS.length]!
  const photoIds = onSale[fault.from ?? 'house']
  const from = Math.floor(random() * photoIds.length)
  const chance = random()
  return {
    person: personAt({ stack }, `198.51.${Math.floor(at / 250)}.${1 + (at % 250)}`),
    bank,
    statement,
    apiUrl: stack.apiUrl,
    photoIds: [...photoIds, ...photoIds].slice(from, from + 1 + Math.floor(random() * MOST_PHOTOS)),
    fault,
    regrets: chance < 1 / REGRETS.all ? 'all' : chance < 1 / REGRETS.all + 1 / REGRETS.one ? 'one' : 'nothing',
  }
}

/** Numbers between 0 and 1 that follow from the seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
