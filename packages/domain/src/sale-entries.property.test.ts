import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FrozenShares, type SaleEntry, type SoldLine, saleEntries, sharesKey } from './sale-entries.ts'

const events = ['e0', 'e1', 'e2']

/** Basis points that total 10,000, with and without an organizer, VAT and a fee. */
const shares = fc
  .record({
    cuts: fc.tuple(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000)),
    organizerId: fc.constantFrom(null, 'o0', 'o1'),
    vatBp: fc.constantFrom(0, 700),
    feeBp: fc.constantFrom(0, 165),
  })
  .map(({ cuts, organizerId, ...off }): FrozenShares => {
    const [a, b, c] = cuts.sort((x, y) => x - y) as [number, number, number]
    const organizerBp = organizerId === null ? 0 : 10_000 - c
    const platformBp = a + (10_000 - c - organizerBp)
    return { platformBp, studioBp: b - a, photographerBp: c - b, organizerBp, organizerId, ...off }
  })

const sold = fc
  .array(
    fc.record({
      eventId: fc.constantFrom(...events),
      photographerId: fc.constantFrom('a', 'b'),
      // One organizer may run several events, and photograph too; a package's last satang fall unevenly.
      netPrice: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5_000_000 })),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(lines => lines.map((line, i): SoldLine => ({ ...line, id: `l${i}`, photoId: `p${i}` })))

const sales = fc
  .record({
    lines: sold,
    rules: fc.array(shares, { minLength: 6, maxLength: 6 }),
    /** What the gateway adds or takes off, satang (spec/40). */
    rounding: fc.integer({ min: -100, max: 100 }),
  })
  .map(({ lines, rules, rounding }) => {
    const total = lines.reduce((sum, line) => sum + line.netPrice, 0)
    const keys = events.flatMap(eventId => ['a', 'b'].map(photographerId => sharesKey({ eventId, photographerId })))
    const sharesOf = new Map(rules.map((rule, i) => [keys[i]!, rule]))
    const received = Math.max(1, total + rounding)
    return {
      lines,
      sharesOf,
      total,
      received,
      entries: saleEntries({ studioId: 's', received, total, lines }, sharesOf),
    }
  })

const sum = (entries: readonly SaleEntry[]): number => entries.reduce((total, entry) => total + entry.amount, 0)

test('the entries of any order over several events, with organizers or without, add up to zero', () => {
  fc.assert(
    fc.property(sales, ({ entries, received }) => {
      expect(sum(entries)).toBe(0)
      expect(sum(entries.filter(entry => entry.account === 'gateway_clearing'))).toBe(received)
      expect(entries.every(entry => Number.isSafeInteger(entry.amount) && entry.amount !== 0)).toBe(true)
    }),
  )
})

test('the entries of a photo are exactly its price, one for each party, so that they can be reversed alone', () => {
  fc.assert(
    fc.property(sales, ({ entries, lines }) => {
      for (const line of lines) {
        const own = entries.filter(entry => entry.lineId === line.id)
        expect(sum(own) + line.netPrice).toBe(0)
        expect(new Set(own.map(entry => entry.account)).size).toBe(own.length)
        for (const { photoId, eventId } of own) expect([photoId, eventId]).toEqual([line.photoId, line.eventId])
      }
    }),
  )
})

test('each party has its share of each photo’s net to within a satang, as frozen for its event and photographer', () => {
  fc.assert(
    fc.property(sales, ({ entries, lines, sharesOf }) => {
      for (const line of lines) {
        const { platformBp, studioBp, photographerBp, organizerBp, organizerId } = sharesOf.get(sharesKey(line))!
        const shareOf = (account: SaleEntry['account'], ownerId?: string) =>
          -sum(entries.filter(one => one.lineId === line.id && one.account === account && one.ownerId === ownerId))
        const net = line.netPrice - shareOf('vat_payable') - shareOf('gateway_fees')
        const near = (satang: number, bp: number) => Math.abs(satang - (net * bp) / 10_000) < 1
        expect(near(shareOf('photographer_payable', line.photographerId), photographerBp)).toBe(true)
        expect(near(shareOf('platform_revenue'), platformBp)).toBe(true)
        expect(near(shareOf('studio_payable', 's'), studioBp)).toBe(true)
        expect(near(organizerId ? shareOf('organizer_payable', organizerId) : 0, organizerBp)).toBe(true)
      }
    }),
  )
})

test('the gateway’s rounding is one entry outside of the split: no photo’s, and no party’s share', () => {
  fc.assert(
    fc.property(sales, ({ entries, lines, sharesOf, total, received }) => {
      const outside = entries.filter(entry => entry.lineId === undefined && entry.account !== 'gateway_clearing')
      expect(outside).toEqual(total === received ? [] : [{ account: 'payment_rounding', amount: total - received }])
      const exact = saleEntries({ studioId: 's', received: total, total, lines }, sharesOf)
      expect(entries.filter(entry => entry.lineId)).toEqual(exact.filter(entry => entry.lineId))
    }),
  )
})

test('an event without a rule is a bug, not a share', () => {
  const line = { id: 'l', eventId: 'e', photoId: 'p', photographerId: 'a', netPrice: 100 }
  expect(() => saleEntries({ studioId: 's', received: 100, total: 100, lines: [line] }, new Map())).toThrow(
    'no split rule',
  )
})

test('lines that are not what the order costs are a bug, not rounding', () => {
  const line = { id: 'l', eventId: 'e', photoId: 'p', photographerId: 'a', netPrice: 100 }
  const sale = { studioId: 's', received: 90, total: 90, lines: [line] }
  expect(() => saleEntries(sale, new Map())).toThrow('not the total')
})

test('an organizer’s share without an organizer is a bug, not money of nobody', () => {
  const line = { id: 'l', eventId: 'e', photoId: 'p', photographerId: 'a', netPrice: 100 }
  const rule = {
    platformBp: 8_000,
    studioBp: 0,
    photographerBp: 0,
    organizerBp: 2_000,
    organizerId: null,
    vatBp: 0,
    feeBp: 0,
  }
  const sale = { studioId: 's', received: 100, total: 100, lines: [line] }
  expect(() => saleEntries(sale, new Map([[sharesKey(line), rule]]))).toThrow('no organizer')
})

test('a photographer has another share of each event, and two photographers of one event have theirs', () => {
  const of = { studioBp: 0, organizerBp: 0, organizerId: null, vatBp: 0, feeBp: 0 }
  const sharesOf = new Map(
    [
      { eventId: 'e0', photographerId: 'a', photographerBp: 5_000 },
      { eventId: 'e1', photographerId: 'a', photographerBp: 6_000 },
      { eventId: 'e0', photographerId: 'b', photographerBp: 7_000 },
    ].map(({ photographerBp, ...key }) => [
      sharesKey(key),
      { ...of, photographerBp, platformBp: 10_000 - photographerBp },
    ]),
  )
  const lines = [
    { id: 'l0', photoId: 'p0', eventId: 'e0', photographerId: 'a', netPrice: 1_000 },
    { id: 'l1', photoId: 'p1', eventId: 'e1', photographerId: 'a', netPrice: 1_000 },
    { id: 'l2', photoId: 'p2', eventId: 'e0', photographerId: 'b', netPrice: 1_000 },
  ]
  const entries = saleEntries({ studioId: 's', received: 3_000, total: 3_000, lines }, sharesOf)
  expect(entries.filter(one => one.account === 'photographer_payable').map(one => [one.ownerId, one.amount])).toEqual([
    ['a', -500],
    ['a', -600],
    ['b', -700],
  ])
})
