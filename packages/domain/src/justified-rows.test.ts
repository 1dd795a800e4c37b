import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { aspectOf, gridRows, justifiedRows } from './justified-rows.ts'

const aspects = fc.array(fc.double({ min: 0.4, max: 2.6, noNaN: true }), { maxLength: 300 })
const width = fc.integer({ min: 328, max: 1280 })

test('every photo is in exactly one row, in order', () => {
  fc.assert(
    fc.property(aspects, width, (photos, width) => {
      const rows = justifiedRows(photos, width, 190, 6)
      expect(rows.flatMap(row => Array.from({ length: row.end - row.start }, (_, at) => row.start + at))).toEqual(
        photos.map((_, at) => at),
      )
    }),
  )
})

test('every row but the last fills the width to the pixel without cropping', () => {
  fc.assert(
    fc.property(aspects, width, (photos, width) => {
      for (const row of justifiedRows(photos, width, 190, 6).slice(0, -1)) {
        const filled = photos.slice(row.start, row.end).reduce((sum, aspect) => sum + aspect * row.height, 0)
        expect(filled + 6 * (row.end - row.start - 1)).toBeCloseTo(width, 3)
      }
    }),
  )
})

test('a last row that is hardly begun keeps the wanted height instead of being blown up', () => {
  const rows = justifiedRows([1.5, 1.5, 1.5, 1.5, 0.7], 1280, 236, 8)
  expect(rows.at(-1)?.height).toBeLessThanOrEqual(236 * 1.2)
  expect(justifiedRows([0.7], 1280, 236, 8)).toEqual([{ start: 0, end: 1, height: 236, full: false }])
})

/** Photos of one camera, some upright: where divisions are nearly as good as each other. */
const camera = fc.array(fc.constantFrom(1.5, 1.5, 1.5, 0.667, 1.333), { minLength: 40, maxLength: 120 })

test('a gallery that begins with thirty photos keeps its first twenty where they are when the others follow', () => {
  fc.assert(
    fc.property(fc.oneof(aspects, camera), width, (photos, width) => {
      const begun = gridRows(photos.slice(0, 30), width).rows.filter(({ end }) => end <= 20)
      expect(gridRows(photos, width).rows.slice(0, begun.length)).toEqual(begun)
    }),
  )
})

test('a gallery with settled rows still shows every photo once, in order', () => {
  fc.assert(
    fc.property(aspects, width, (photos, width) => {
      const { rows } = gridRows(photos, width)
      expect(rows.flatMap(({ start, end }) => photos.slice(start, end))).toEqual(photos)
      expect(rows.map(({ start }) => start)).toEqual(
        [0, ...rows.slice(0, -1).map(({ end }) => end)].slice(0, rows.length),
      )
    }),
  )
})

test('every phone divides a gallery in the same places, each row as wide as the phone', () => {
  fc.assert(
    fc.property(aspects, fc.integer({ min: 288, max: 599 }), (photos, width) => {
      const breaks = (width: number) =>
        gridRows(photos, width).rows.map(({ start, end, full }) => ({ start, end, full }))
      expect(breaks(width)).toEqual(breaks(328))
      for (const { start, end, height, full } of gridRows(photos, width).rows) {
        const wide = photos.slice(start, end).reduce((sum, aspect) => sum + aspect * height, 4 * (end - start - 1))
        expect(full ? Math.abs(wide - width) < 0.001 : wide < width).toBe(true)
      }
    }),
  )
})

test.each([
  { width: 360, gap: 4, height: 112, large: 190 },
  { width: 768, gap: 6, height: 190, large: 240 },
  { width: 1280, gap: 8, height: 236, large: 290 },
])('at $width px photos lie $gap px apart, in rows near $height px, of results near $large px', of => {
  const square = Array.from({ length: 200 }, () => 1)
  for (const [large, wanted] of [
    [false, of.height],
    [true, of.large],
  ] as const) {
    const { gap, rows } = gridRows(square, of.width, large)
    expect(gap).toBe(of.gap)
    for (const { height } of rows.slice(0, -1)) expect(Math.abs(height / wanted - 1)).toBeLessThan(0.3)
  }
})

test('a grid without a width has no rows', () => {
  expect(gridRows([1, 1.5], 0).rows).toEqual([])
  expect(justifiedRows([1, 1.5], 0, 190, 6)).toEqual([])
})

test('width over height is kept to a thousandth', () => {
  expect(aspectOf({ width: 4000, height: 3000 })).toBe(1.333)
})

test('photos so narrow that one row takes thirty of them are shown too', () => {
  const { rows } = gridRows(
    Array.from({ length: 40 }, () => 0.05),
    328,
  )
  expect(rows.at(-1)!.end).toBe(40)
  expect(rows[0]!.end).toBeGreaterThan(20)
})
