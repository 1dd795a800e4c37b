import { expect, test } from 'vitest'
import { fillDays, percentOf, unsoldPhotos } from './steps.ts'

const on = (day: string, visits: number) => ({ day, visits, searches: 0, carts: 0, paid: 0 })

test('days on which nothing happened stand between those on which something did', () => {
  expect(fillDays([on('2026-11-29', 3), on('2026-12-02', 1)]).map(({ day, visits }) => [day, visits])).toEqual([
    ['2026-11-29', 3],
    ['2026-11-30', 0],
    ['2026-12-01', 0],
    ['2026-12-02', 1],
  ])
  expect(fillDays([])).toEqual([])
  const apart = [on('2025-01-01', 1), on('2026-01-01', 1)]
  expect(fillDays(apart)).toBe(apart)
})

test('a small part has a decimal, and a part of nothing is none', () => {
  expect([percentOf(1, 3), percentOf(1, 30), percentOf(30, 30)]).toEqual(['33%', '3.3%', '100%'])
  expect([percentOf(0, 50), percentOf(0, 0), percentOf(60, 50)]).toEqual(['0%', '–', '–'])
})

test('unsold photos are shown by the filters of the desk, of all photographers or of one', () => {
  expect(unsoldPhotos('/admin/events/e/photos')).toBe('/admin/events/e/photos?place=on_sale&sold=no')
  expect(unsoldPhotos('/desk', 'p')).toBe('/desk?place=on_sale&sold=no&photographer=p')
})
