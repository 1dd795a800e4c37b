import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EventShares, type SaleEntry, type SoldLine, saleEntries } from './sale-entries.ts'

const events = ['e0', 'e1', 'e2']

/** Basis points that total 10,000, with and without an organizer. */
const shares = fc
  .record({
    platform: fc.integer({ min: 0, max: 10_000 }),
    rest: fc.integer({ min: 0, max: 10_000 }),
    organizerId: fc.constantFrom(null, 'o0', 'o1'),
  })
  .map(({ platform, rest, organizerId }): EventShares => {
    const photographerBp = Math.floor(((10_000 - platform) * rest) / 10_000)
    return { platformBp: platform, photographerBp, organizerBp: 10_000 - platform - photographerBp, organizerId }
  })

const sold = fc
  .array(
    fc.record({
      eventId: fc.constantFrom(...events),
      photographerId: fc.constantFrom('a', 'b'),
      // One organizer may run several events, and photograph too; a package's last satang fall unevenly.
      unitPrice: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5_000_000 })),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(lines => lines.map((line, i): SoldLine => ({ ...line, id: `l${i}`, photoId: `p${i}` })))

const sales = fc
  .record({
    lines: sold,
    rules: fc.tuple(shares, shares, shares),
    /** What the gateway adds or takes off, satang (spec/40). */
    rounding: fc.integer({ min: -100, max: 100 }),
  })
  .map(({ lines, rules, rounding }) => {
    const total = lines.reduce((sum, line) => sum + line.unitPrice, 0)
    const sharesOf = new Map(rules.map((rule, i) => [events[i]!, rule]))
    const received = Math.max(1, total + rounding)
    return { lines, sharesOf, total, received, entries: saleEntries({ received, total, lines }, sharesOf) }
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
        expect(sum(own) + line.unitPrice).toBe(0)
        expect(new Set(own.map(entry => entry.account)).size).toBe(own.length)
        for (const { photoId, eventId } of own) expect([photoId, eventId]).toEqual([line.photoId, line.eventId])
      }
    }),
  )
})

test('each party has its share of each photo to within a satang, by the rule of that photo’s event', () => {
  fc.assert(
    fc.property(sales, ({ entries, lines, sharesOf }) => {
      for (const line of lines) {
        const { platformBp, photographerBp, organizerBp, organizerId } = sharesOf.get(line.eventId)!
        const shareOf = (account: SaleEntry['account'], ownerId?: string) =>
          -sum(entries.filter(one => one.lineId === line.id && one.account === account && one.ownerId === ownerId))
        const near = (satang: number, bp: number) => Math.abs(satang - (line.unitPrice * bp) / 10_000) < 1
        expect(near(shareOf('photographer_payable', line.photographerId), photographerBp)).toBe(true)
        expect(near(shareOf('platform_revenue'), platformBp + (organizerId ? 0 : organizerBp))).toBe(true)
        expect(near(organizerId ? shareOf('organizer_payable', organizerId) : 0, organizerId ? organizerBp : 0)).toBe(
          true,
        )
      }
    }),
  )
})

test('the gateway’s rounding is one entry outside of the split: no photo’s, and no party’s share', () => {
  fc.assert(
    fc.property(sales, ({ entries, lines, sharesOf, total, received }) => {
      const outside = entries.filter(entry => entry.lineId === undefined && entry.account !== 'gateway_clearing')
      expect(outside).toEqual(total === received ? [] : [{ account: 'payment_rounding', amount: total - received }])
      const exact = saleEntries({ received: total, total, lines }, sharesOf)
      expect(entries.filter(entry => entry.lineId)).toEqual(exact.filter(entry => entry.lineId))
    }),
  )
})

test('an event without a rule is a bug, not a share', () => {
  const line = { id: 'l', eventId: 'e', photoId: 'p', photographerId: 'a', unitPrice: 100 }
  expect(() => saleEntries({ received: 100, total: 100, lines: [line] }, new Map())).toThrow('no split rule')
})

test('lines that are not what the order costs are a bug, not rounding', () => {
  const line = { id: 'l', eventId: 'e', photoId: 'p', photographerId: 'a', unitPrice: 100 }
  const rule = { platformBp: 10_000, photographerBp: 0, organizerBp: 0, organizerId: null }
  const sale = { received: 90, total: 90, lines: [line] }
  expect(() => saleEntries(sale, new Map([['e', rule]]))).toThrow('not the total')
})
