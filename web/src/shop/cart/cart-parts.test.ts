import type { CartEvent } from '@pix/contracts/cart.ts'
import type { Offer, Package } from '@pix/contracts/pricing.ts'
import { expect, test } from 'vitest'
import { savingOf } from './alternatives.ts'
import { cartParts, pricedParts } from './cart-parts.ts'

const thb = (amount: number) => ({ amount, currency: 'THB' as const })
const sold = (id: string, kind: Package['kind'], photoCount: number, price: number): Package => ({
  id,
  kind,
  name: { th: id, en: id },
  photoCount,
  price: thb(price),
})
/** One price for all that an event's photos cost by a package. */
const offerOf = (of: Package, photos: number, total: number): Offer => ({
  lines: [{ package: of, quantity: 1, photos, amount: thb(total) }],
  total: thb(total),
  photos,
})

function partOf(event: string, count: number, chosen: Offer | null, ways: readonly Offer[] = []): CartEvent {
  const shown = { width: 3, height: 2, takenAt: null, placeholder: null, averageColor: null }
  const items = Array.from({ length: count }, (_, at) => ({
    id: `${event}-item-${at}`,
    available: chosen !== null,
    photo: { id: `${event}-${at}`, eventId: event, ...shown },
  }))
  const insisted = ways.map(offer => ({ packageId: offer.lines[0]!.package.id, offer }))
  const quote = chosen && {
    chosen,
    cheapest: chosen,
    singly: null,
    unlimited: null,
    ways: insisted,
    freeMore: 0,
  }
  return { event: { id: event, slug: event, name: { th: event, en: event } }, items, choice: 'auto', quote }
}

const RUN = [sold('run-single', 'single', 1, 6_000), sold('run-five', 'bundle', 5, 25_000)]
const FAIR = [sold('fair-single', 'single', 1, 9_000), sold('fair-two', 'bundle', 2, 10_000)]

test('each event of a cart has its own ways to buy, and what is saved is saved event by event', () => {
  const [five, two] = [offerOf(RUN[1]!, 5, 25_000), offerOf(FAIR[1]!, 2, 10_000)]
  const parts = cartParts({
    events: [
      partOf('run', 5, five, [offerOf(RUN[0]!, 5, 30_000), five]),
      partOf('fair', 2, two, [offerOf(FAIR[0]!, 2, 18_000), two]),
    ],
  })
  expect(parts.map(({ ways }) => ways.map(way => [way.choice, way.offer.total.amount]))).toEqual([
    [
      ['auto', 25_000],
      ['run-single', 30_000],
      ['run-five', 25_000],
    ],
    [
      ['auto', 10_000],
      ['fair-single', 18_000],
      ['fair-two', 10_000],
    ],
  ])
  expect(pricedParts(parts).map(({ offer, next }) => savingOf(offer, next))).toEqual([5_000, 8_000])
})

test('an event of which nothing can be bought has no price, and its photos are named as such', () => {
  const events = [partOf('run', 1, offerOf(RUN[0]!, 1, 6_000)), partOf('fair', 2, null)]
  const parts = cartParts({ events })
  expect(pricedParts(parts).map(({ event }) => event.id)).toEqual(['run'])
  expect(parts.map(({ unavailable }) => unavailable)).toEqual([[], ['fair-0', 'fair-1']])
})

test('photos for which no package pays are said to be in no price, and the event that is priced is named', () => {
  const fair = partOf('fair', 2, null)
  const sold = { ...fair, items: fair.items.map((item, at) => ({ ...item, available: at === 0 })) }
  const events = [partOf('run', 1, offerOf(RUN[0]!, 1, 6_000)), sold]
  const parts = cartParts({ events })
  expect(parts.map(({ isUnpriced, ways }) => [isUnpriced, ways.length])).toEqual([
    [false, 1],
    [true, 0],
  ])
  expect(pricedParts(parts)).toMatchObject([{ event: { id: 'run' }, isNamed: true }])
  const alone = cartParts({ events: events.slice(0, 1) })
  expect(pricedParts(alone)).toMatchObject([{ isNamed: false }])
})
