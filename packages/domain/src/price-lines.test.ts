import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceLines, type SoldEvent } from './price-lines.ts'
import { type QuotePackage, quote } from './quote.ts'

const packages = fc
  .array(fc.record({ size: fc.integer({ min: 2, max: 6 }), price: fc.integer({ min: 0, max: 100_000 }) }), {
    maxLength: 3,
  })
  .chain(bundles =>
    fc
      .integer({ min: 0, max: 10_000 })
      .map((single): QuotePackage[] => [
        { id: 'single', kind: 'single', photoCount: 1, price: single },
        ...bundles.map(({ size, price }, at) => ({ id: `b${at}`, kind: 'bundle' as const, photoCount: size, price })),
      ]),
  )

/** Carts over 1 to 4 events, each event with packages of its own. */
const carts = fc.array(fc.record({ photos: fc.integer({ min: 1, max: 25 }), packages }), {
  minLength: 1,
  maxLength: 4,
})

test('whatever the cart, an order’s lines add up to what its events cost, event by event, and none is below 0', () => {
  fc.assert(
    fc.property(carts, cart => {
      const sold = cart.map(({ photos, packages: offered }, at): SoldEvent => {
        const photoIds = Array.from({ length: photos }, (_, n) => `e${at}p${n}`)
        const priced = photoIds.map(photoId => ({ photoId, eventId: `e${at}`, searchIds: [] }))
        return { eventId: `e${at}`, total: quote(priced, offered)!.chosen.total, photoIds }
      })
      const { total, lines } = priceLines(sold)
      expect(total).toBe(sold.reduce((sum, event) => sum + event.total, 0))
      expect(lines.reduce((sum, line) => sum + line.unitPrice, 0)).toBe(total)
      expect(lines.every(line => line.unitPrice >= 0)).toBe(true)
      expect(lines.map(line => line.photoId)).toEqual(sold.flatMap(event => event.photoIds))
      for (const event of sold) {
        const own = lines.filter(line => line.eventId === event.eventId)
        expect(own.reduce((sum, line) => sum + line.unitPrice, 0)).toBe(event.total)
      }
    }),
  )
})

test('an event’s price is spread over its own photos, not over those of the other', () => {
  const { total, lines } = priceLines([
    { eventId: 'run', total: 31_000, photoIds: ['b', 'a', 'c', 'd', 'e', 'f'] },
    { eventId: 'fair', total: 6_000, photoIds: ['z'] },
  ])
  expect(total).toBe(37_000)
  expect(lines.map(line => [line.eventId, line.photoId, line.unitPrice])).toEqual([
    ['run', 'b', 5_167],
    ['run', 'a', 5_167],
    ['run', 'c', 5_167],
    ['run', 'd', 5_167],
    ['run', 'e', 5_166],
    ['run', 'f', 5_166],
    ['fair', 'z', 6_000],
  ])
})
