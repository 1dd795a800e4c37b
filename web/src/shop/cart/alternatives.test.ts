import type { CartEvent } from '@pix/contracts/cart.ts'
import type { Offer, Package } from '@pix/contracts/pricing.ts'
import { expect, test } from 'vitest'
import { alternatives, nextCheapest } from './alternatives.ts'

const thb = (amount: number) => ({ amount, currency: 'THB' as const })
const sold = (id: string, kind: Package['kind'], photoCount: number | null, price: number): Package => ({
  id,
  kind,
  name: { th: id, en: id },
  photoCount,
  price: thb(price),
})
const PACKAGES = [
  sold('single', 'single', 1, 6_000),
  sold('five', 'bundle', 5, 25_000),
  sold('all', 'unlimited', null, 50_000),
]

const whole = (rank: number, photos: number, total: number): Offer => ({
  lines: [{ package: PACKAGES[rank]!, quantity: 1, photos, amount: thb(total) }],
  total: thb(total),
  photos,
})

function partOf(count: number, cheapest: Offer): CartEvent {
  const items = Array.from({ length: count }, (_, at) => ({
    id: `item-${at}`,
    available: true,
    photo: {
      id: `photo-${at}`,
      eventId: 'e',
      width: 3,
      height: 2,
      takenAt: null,
      placeholder: null,
      averageColor: null,
    },
  }))
  return {
    event: { id: 'e', slug: 'e', name: { th: 'e', en: 'e' } },
    items,
    choice: 'auto',
    quote: {
      chosen: cheapest,
      cheapest,
      singly: null,
      unlimited: null,
      ways: [
        { packageId: 'single', offer: whole(0, count, count * 6_000) },
        { packageId: 'five', offer: whole(1, count, 74_000) },
        { packageId: 'all', offer: whole(2, count, 50_000) },
      ],
      freeMore: 0,
    },
  }
}
const ALL = whole(2, 14, 50_000)

test('each package that fits is a way at the price the api says, after the cheapest', () => {
  const ways = alternatives(partOf(14, ALL))
  expect(ways.map(way => [way.choice, way.offer.total.amount])).toEqual([
    ['auto', 50_000],
    ['single', 84_000],
    ['five', 74_000],
    ['all', 50_000],
  ])
  expect(alternatives({ ...partOf(14, ALL), quote: null })).toEqual([])
})

test('the price to compare with is the cheapest real other way', () => {
  const ways = alternatives(partOf(14, ALL))
  expect(nextCheapest(ways, ALL)?.total.amount).toBe(74_000)
})

test('two single photos save nothing against a package that is too large for them', () => {
  const two = {
    lines: [{ package: PACKAGES[0]!, quantity: 2, photos: 2, amount: thb(12_000) }],
    total: thb(12_000),
    photos: 2,
  }
  expect(nextCheapest(alternatives(partOf(2, two)), two)).toBeNull()
})
