import { expect, test } from 'vitest'
import { type QuotePackage, type QuotePhoto, quote } from './quote.ts'
import { type QuoteSearch, UNLIMITED_RULES } from './cover-by-search.ts'

const SINGLE: QuotePackage = { id: 'single', kind: 'single', photoCount: 1, price: 6_000 }
const BUNDLE: QuotePackage = { id: 'bundle', kind: 'bundle', photoCount: 5, price: 25_000 }
const UNLIMITED: QuotePackage = { id: 'unlimited', kind: 'unlimited', photoCount: null, price: 50_000 }
const WHOLE: QuotePackage = { id: 'whole', kind: 'whole_event', photoCount: null, price: 90_000 }
const DEFAULTS = [SINGLE, BUNDLE, UNLIMITED]

/** Searches that found so many in the whole event. */
const found = (matches: Record<string, number>) => ({
  searches: Object.entries(matches).map(([id, count]): QuoteSearch => ({ id, matches: count })),
})

/** `count` photos that the given searches found. */
const cart = (count: number, ...searchIds: string[]): QuotePhoto[] =>
  Array.from({ length: count }, (_, rank) => ({
    photoId: `${searchIds.join('-')}-${String(rank).padStart(4, '0')}`,
    eventId: 'event',
    searchIds,
  }))

const lines = (priced: ReturnType<typeof quote>) =>
  priced?.chosen.lines.map(line => `${line.quantity} ${line.packageId}: ${line.photos} = ${line.amount}`)

test('6 photos: 1 bundle + 1 single = 310; Unlimited is 500', () => {
  const priced = quote(cart(6, 'me'), DEFAULTS, found({ me: 6 }))
  expect(priced?.chosen.total).toBe(31_000)
  expect(lines(priced)).toEqual(['1 bundle: 5 = 25000', '1 single: 1 = 6000'])
  expect(priced?.singly?.total).toBe(36_000)
  expect(priced?.unlimited?.offer.total).toBe(50_000)
  expect(priced?.freeMore).toBe(0)
  expect(priced?.ways.map(({ packageId, offer }) => [packageId, offer.total])).toEqual([
    ['single', 36_000],
    ['bundle', 31_000],
    ['unlimited', 50_000],
  ])
})

test('a bundle that is not full is taken when that is cheaper, and says what is free', () => {
  const dear = [{ ...SINGLE, price: 7_000 }, BUNDLE]
  const priced = quote(cart(4), dear)
  expect(lines(priced)).toEqual(['1 bundle: 4 = 25000'])
  expect(priced?.freeMore).toBe(1)
})

test('Unlimited pays for the matches of one search and a fifth of them by hand', () => {
  const priced = quote([...cart(50, 'me'), ...cart(10)], DEFAULTS, found({ me: 50 }))
  expect(lines(priced)).toEqual(['1 unlimited: 60 = 50000'])
  expect(priced?.unlimited?.searchId).toBe('me')
  expect(priced?.unlimited?.extraPhotoIds).toHaveLength(10)
  expect(priced?.freeMore).toBe(0)
})

test('what may be chosen by hand is counted from what the search found, not from what of it is bought', () => {
  const priced = quote([...cart(20, 'me'), ...cart(30)], DEFAULTS, found({ me: 150 }))
  expect(lines(priced)).toEqual(['1 unlimited: 50 = 50000'])
  expect(priced?.chosen.lines[0]?.people).toEqual([
    { searchId: 'me', matches: 150, photos: 50, byHand: cart(30).map(({ photoId }) => photoId) },
  ])
  expect(quote([...cart(20, 'me'), ...cart(31)], DEFAULTS, found({ me: 150 }))?.unlimited).toBeNull()
})

test('a search that found nobody has no Unlimited, and the one whose Unlimited fits is found among several', () => {
  expect(quote(cart(3), DEFAULTS, found({ me: 0 }))?.unlimited).toBeNull()
  const both = [...cart(10, 'few'), ...cart(9, 'many')]
  expect(quote(both, DEFAULTS, found({ few: 10, many: 200 }))?.unlimited).toMatchObject({ searchId: 'many' })
})

test('what Unlimited does not pay for is bought beside it', () => {
  const priced = quote([...cart(50, 'me'), ...cart(12)], DEFAULTS, found({ me: 50 }))
  expect(lines(priced)).toEqual(['1 unlimited: 60 = 50000', '2 single: 2 = 12000'])
  expect(priced?.unlimited).toBeNull()
})

test.each([
  [1, 5],
  [24, 5],
  [26, 5],
  [30, 6],
  [200, 40],
  [250, 50],
  [400, 50],
])('with %i matches Unlimited allows %i photos by hand', (matches, byHand) => {
  const searches = found({ me: matches })
  const fits = quote([...cart(1, 'me'), ...cart(byHand)], DEFAULTS, searches)?.unlimited
  const tooMany = quote([...cart(1, 'me'), ...cart(byHand + 1)], DEFAULTS, searches)?.unlimited
  expect(fits?.extraPhotoIds).toHaveLength(byHand)
  expect(tooMany).toBeNull()
})

test('Unlimited ends at 300 photos', () => {
  const searches = found({ me: 301 })
  expect(quote(cart(300, 'me'), DEFAULTS, searches)?.chosen.total).toBe(50_000)
  const over = quote(cart(301, 'me'), DEFAULTS, searches)
  expect(lines(over)).toEqual(['1 unlimited: 300 = 50000', '1 single: 1 = 6000'])
  expect(over?.unlimited).toBeNull()
})

test('two people need two Unlimiteds', () => {
  const two = found({ me: 40, you: 45 })
  const priced = quote([...cart(40, 'me'), ...cart(40, 'you')], DEFAULTS, two)
  expect(lines(priced)).toEqual(['2 unlimited: 80 = 100000'])
  expect(priced?.unlimited).toBeNull()
  expect(priced?.chosen.lines[0]?.people).toEqual([
    { searchId: 'you', matches: 45, photos: 40, byHand: [] },
    { searchId: 'me', matches: 40, photos: 40, byHand: [] },
  ])
})

test('the whole event is taken where it costs less, fits always, and makes every further photo free', () => {
  const priced = quote(cart(20), [...DEFAULTS, WHOLE])
  expect(lines(priced)).toEqual(['1 whole: 20 = 90000'])
  expect(priced?.freeMore).toBe(300)
  expect(lines(quote(cart(1), [...DEFAULTS, WHOLE], { choice: 'whole' }))).toEqual(['1 whole: 1 = 90000'])
  expect(lines(quote(cart(5), [...DEFAULTS, WHOLE]))).toEqual(['1 bundle: 5 = 25000'])
})

test('without a search there is no Unlimited, however many photos', () => {
  const priced = quote(cart(20), DEFAULTS)
  expect(priced?.chosen.total).toBe(100_000)
  expect(priced?.unlimited).toBeNull()
})

test('an explicit choice is respected where it fits', () => {
  const me = found({ me: 6 })
  expect(lines(quote(cart(6, 'me'), DEFAULTS, { ...me, choice: 'single' }))).toEqual(['6 single: 6 = 36000'])
  expect(lines(quote(cart(6, 'me'), DEFAULTS, { ...me, choice: 'unlimited' }))).toEqual(['1 unlimited: 6 = 50000'])
  const bundle = quote(cart(2), DEFAULTS, { choice: 'bundle' })
  expect(lines(bundle)).toEqual(['1 bundle: 2 = 25000'])
  expect(bundle?.freeMore).toBe(3)
})

test('a choice that does not fit says so and charges the cheapest', () => {
  for (const choice of ['unlimited', 'not-a-package']) {
    const priced = quote(cart(2), DEFAULTS, { choice })
    expect(priced?.choiceFits).toBe(false)
    expect(priced?.chosen).toEqual(priced?.cheapest)
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

test('a thousand photos of thirty people are priced', () => {
  const crowd = Array.from({ length: 1_000 }, (_, rank) => cart(1, `person-${rank % 30}`)[0]!).map((photo, rank) => ({
    ...photo,
    photoId: `photo-${rank}`,
  }))
  const searches = Array.from({ length: 30 }, (_, at) => ({ id: `person-${at}`, matches: 40 }))
  expect(quote(crowd, DEFAULTS, { searches })?.chosen.photos).toBe(1_000)
})

test('one Unlimited pays for as many photos as its limit says, and not for one more', () => {
  const rules = { ...UNLIMITED_RULES, cap: 10 }
  expect(quote(cart(10, 'me'), DEFAULTS, { ...found({ me: 10 }), rules })?.unlimited?.offer.total).toBe(50_000)
  expect(quote(cart(11, 'me'), DEFAULTS, { ...found({ me: 11 }), rules })?.unlimited).toBeNull()
})

test('a bundle that is insisted on costs its price and that of the photos beyond it', () => {
  const dear = { ...BUNDLE, price: 40_000 }
  const way = quote(cart(6), [SINGLE, dear])?.ways.find(({ packageId }) => packageId === 'bundle')
  expect(way?.offer.total).toBe(46_000)
})
