import { baht } from '@pix/contracts/common.ts'
import { REPORTED_MOST } from '@pix/contracts/revenue.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { allPhotographers } from './all-photographers.ts'

const sellers = Array.from({ length: 230 }, (_, at) => ({
  photographerId: `p${at}`,
  name: `Lek ${at}`,
  photosSold: 1,
  share: baht(23_000 - at),
}))
let asked: string[]

/** A `fetch` in place of the api: a page of the sellers, whose cursor is where it ends. */
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    const query = new URL(path, 'http://shop.test').searchParams
    const from = Number(query.get('cursor') ?? 0)
    const to = from + Number(query.get('limit'))
    return Response.json({ items: sellers.slice(from, to), nextCursor: to < sellers.length ? String(to) : null })
  })
})
afterEach(() => vi.unstubAllGlobals())

const { signal } = new AbortController()
const days = { from: '2026-11-01', to: '2026-11-28' }

test('a report that is full is completed, page by page; no photographer is left out of the table and the file', async () => {
  expect(await allPhotographers(sellers.slice(0, REPORTED_MOST), days, signal)).toEqual(sellers)
  expect(asked).toHaveLength(3)
})

test('a report with room left has everybody already: nothing is asked', async () => {
  const few = sellers.slice(0, REPORTED_MOST - 1)
  expect(await allPhotographers(few, days, signal)).toBe(few)
  expect(asked).toEqual([])
})

test('the report of an event is completed by the photographers of that event alone', async () => {
  expect(await allPhotographers(sellers.slice(0, REPORTED_MOST), { ...days, event: 'e1' }, signal)).toEqual(sellers)
  expect(asked.every(path => new URL(path, 'http://shop.test').searchParams.get('event') === 'e1')).toBe(true)
})
