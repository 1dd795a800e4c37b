import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderHits } from './order-hits.ts'

/** Few distinct distances, so that long runs are equal, and many that differ only in their last bits. */
const distance = fc.oneof(
  fc.constantFrom(0, 0.25, 0.6),
  fc.nat(40).map(n => 0.6 - n * 1e-12),
  fc.double({ min: 0, max: 3, noNaN: true }),
)

it('orders hits by distance, and equal ones by the given order', () => {
  fc.assert(
    fc.property(fc.array(distance, { maxLength: 300 }), fc.nat(), (distances, seed) => {
      const rows = Uint32Array.from(distances, (_, n) => (n * 7919 + seed) % 1_000_003)
      const wanted = distances
        .map((value, n) => ({ value, row: rows[n]! }))
        .sort((a, b) => a.value - b.value || b.row - a.row)
      const ordered = orderHits({ rows, distances: Float64Array.from(distances) }, (a, b) => b - a)
      expect([...ordered.rows]).toEqual(wanted.map(({ row }) => row))
      expect([...ordered.distances]).toEqual(wanted.map(({ value }) => value))
    }),
  )
})
