import { expect, test } from 'vitest'
import { type QuotePackage, type QuotePhoto, quote } from './quote.ts'

const SINGLE: QuotePackage = { id: 'single', kind: 'single', photoCount: 1, price: 6_000 }
const BUNDLE: QuotePackage = { id: 'bundle', kind: 'bundle', photoCount: 5, price: 25_000 }
const UNLIMITED: QuotePackage = { id: 'unlimited', kind: 'unlimited', photoCount: null, price: 50_000 }
const DEFAULTS = [SINGLE, BUNDLE, UNLIMITED]

/** `count` photos that the given searches found. */
const cart = (count: number, ...searchIds: string[]): QuotePhoto[] =>
  Array.from({ length: count }, (_, rank) => ({
    photoId: `${searchIds.join('-')}-${String(rank).padStart(4, '0')}`,
    eventId: 'event',
    searchIds,
  }))

const lines = (found: ReturnType<typeof quote>) =>
  found?.chosen.lines.map(line => `${line.quantity} ${line.packageId}: ${line.photos} = ${line.amount}`)

test('6 photos: 1 bundle + 1 single = 310; Unlimited is 500', () => {
  const found = quote(cart(6, 'me'), DEFAULTS)
  expect(found?.chosen.total).toBe(31_000)
  expect(lines(found)).toEqual(['1 bundle: 5 = 25000', '1 single: 1 = 6000'])
  expect(found?.singly?.total).toBe(36_000)
  expect(found?.unlimited?.offer.total).toBe(50_000)
  expect(found?.freeMore).toBe(0)
})

test('a bundle that is not full is taken when that is cheaper, and says what is free', () => {
  const dear = [{ ...SINGLE, price: 7_000 }, BUNDLE]
  const found = quote(cart(4), dear)
  expect(lines(found)).toEqual(['1 bundle: 4 = 25000'])
  expect(found?.freeMore).toBe(1)
})

test('Unlimited pays for the matches of one search and a fifth of them by hand', () => {
  const found = quote([...cart(50, 'me'), ...cart(10)], DEFAULTS)
  expect(lines(found)).toEqual(['1 unlimited: 60 = 50000'])
  expect(found?.unlimited?.searchId).toBe('me')
  expect(found?.unlimited?.extraPhotoIds).toHaveLength(10)
  expect(found?.freeMore).toBe(0)
})

test('what Unlimited does not pay for is bought beside it', () => {
  const found = quote([...cart(50, 'me'), ...cart(12)], DEFAULTS)
  expect(lines(found)).toEqual(['1 unlimited: 60 = 50000', '2 single: 2 = 12000'])
  expect(found?.unlimited).toBeNull()
})

test.each([
  [1, 5],
  [24, 5],
  [26, 5],
  [30, 6],
  [200, 40],
  [250, 50],
])('with %i matches Unlimited allows %i photos by hand', (matches, byHand) => {
  const fits = quote([...cart(matches, 'me'), ...cart(byHand)], DEFAULTS)?.unlimited
  const tooMany = quote([...cart(matches, 'me'), ...cart(byHand + 1)], DEFAULTS)?.unlimited
  expect(fits?.extraPhotoIds).toHaveLength(byHand)
  expect(tooMany).toBeNull()
})

test('Unlimited ends at 300 photos', () => {
  expect(quote(cart(300, 'me'), DEFAULTS)?.chosen.total).toBe(50_000)
  expect(lines(quote(cart(301, 'me'), DEFAULTS))).toEqual(['1 unlimited: 300 = 50000', '1 single: 1 = 6000'])
})

test('two people need two Unlimiteds', () => {
  const found = quote([...cart(40, 'me'), ...cart(40, 'you')], DEFAULTS)
  expect(lines(found)).toEqual(['2 unlimited: 80 = 100000'])
  expect(found?.unlimited).toBeNull()
})

test('without a search there is no Unlimited, however many photos', () => {
  const found = quote(cart(20), DEFAULTS)
  expect(found?.chosen.total).toBe(100_000)
  expect(found?.unlimited).toBeNull()
})

test('an explicit choice is respected where it fits', () => {
  expect(lines(quote(cart(6, 'me'), DEFAULTS, 'single'))).toEqual(['6 single: 6 = 36000'])
  expect(lines(quote(cart(6, 'me'), DEFAULTS, 'unlimited'))).toEqual(['1 unlimited: 6 = 50000'])
  expect(lines(quote(cart(2), DEFAULTS, 'bundle'))).toEqual(['1 bundle: 2 = 25000'])
  expect(quote(cart(2), DEFAULTS, 'bundle')?.freeMore).toBe(3)
})

test('a choice that does not fit says so and charges the cheapest', () => {
  for (const choice of ['unlimited', 'not-a-package']) {
    const found = quote(cart(2), DEFAULTS, choice)
    expect(found?.choiceFits).toBe(false)
    expect(found?.chosen).toEqual(found?.cheapest)
  }
})

test('nothing is nothing to price, and photos that no package pays for have no price', () => {
  expect(quote([], DEFAULTS)).toBeNull()
  expect(quote(cart(1), [])).toBeNull()
  expect(quote(cart(1), [UNLIMITED])).toBeNull()
})

test('equal prices take fewer packages', () => {
  const even = [{ ...SINGLE, price: 5_000 }, BUNDLE]
  expect(lines(quote(cart(5), even))).toEqual(['1 bundle: 5 = 25000'])
})

test('photos of two events are refused as a bug', () => {
  const other = { ...cart(1)[0]!, photoId: 'x', eventId: 'another' }
  expect(() => quote([...cart(1), other], DEFAULTS)).toThrow(RangeError)
})

test('a thousand photos of thirty people are priced at once', () => {
  const crowd = Array.from({ length: 1_000 }, (_, rank) => cart(1, `person-${rank % 30}`)[0]!).map((photo, rank) => ({
    ...photo,
    photoId: `photo-${rank}`,
  }))
  const began = performance.now()
  expect(quote(crowd, DEFAULTS)?.chosen.photos).toBe(1_000)
  expect(performance.now() - began).toBeLessThan(2_000)
})
