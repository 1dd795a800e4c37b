import { expect, test } from 'vitest'
import { saleWords } from './sale-words.ts'

const now = Date.parse('2026-11-20T00:00:00Z')
const [before, after] = ['2026-11-10T00:00:00Z', '2026-12-01T00:00:00Z']
const event = { status: 'on_sale', salesStart: before, salesEnd: after, onSaleNow: true } as const
const say = (more: object) => saleWords({ ...event, ...more }, now)

test('of the sales dates the next one is said, then when the sale ended; without a date nothing is', () => {
  expect(say({})).toEqual({ key: 'events.saleEnds', at: after })
  expect(say({ salesStart: after, salesEnd: null, onSaleNow: false })).toEqual({ key: 'events.saleBegins', at: after })
  expect(say({ salesEnd: before, onSaleNow: false })).toEqual({ key: 'events.saleEnded', at: before })
  expect(say({ status: 'closed', salesEnd: before, onSaleNow: false })).toEqual({ key: 'events.saleEnded', at: before })
  expect(say({ salesEnd: null })).toBeNull()
})

test('an event that was closed before its date, or whose studio stopped selling, is not said to sell until then', () => {
  expect(say({ status: 'closed', onSaleNow: false })).toBeNull()
  expect(say({ onSaleNow: false })).toBeNull()
})
