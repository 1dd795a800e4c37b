import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { justifiedRows } from './justified-rows.ts'

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
  expect(justifiedRows([0.7], 1280, 236, 8)).toEqual([{ start: 0, end: 1, height: 236 }])
})
