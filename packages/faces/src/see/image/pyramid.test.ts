import { expect, test } from 'vitest'
import { halve } from './pyramid.ts'

const bytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (i * 97 + (i >> 3) * 31) % 256)

/** The same picture, not beginning on a whole word. */
function shifted(data: Uint8Array): Uint8Array {
  const copy = new Uint8Array(data.length + 1).subarray(1)
  copy.set(data)
  return copy
}

test.each([4, 8, 12, 20, 24])(
  'rows of whole words (%i pixels) are halved to the same bytes as any other rows',
  width => {
    const data = bytes(width * 6 * 3)
    expect(halve({ width, height: 6, data })).toEqual(halve({ width, height: 6, data: shifted(data) }))
  },
)

test('each pixel of the half is the rounded mean of four', () => {
  const data = bytes(12 * 4 * 3)
  const half = halve({ width: 12, height: 4, data })
  const value = (x: number, y: number, c: number): number => data[(y * 12 + x) * 3 + c]!
  for (let y = 0; y < 2; y++) {
    for (let x = 0; x < 6; x++) {
      for (let c = 0; c < 3; c++) {
        const [left, right] = [x * 2, x * 2 + 1]
        const sum =
          value(left, y * 2, c) + value(right, y * 2, c) + value(left, y * 2 + 1, c) + value(right, y * 2 + 1, c)
        expect(half.data[(y * 6 + x) * 3 + c]).toBe(Math.round(sum / 4))
      }
    }
  }
})
