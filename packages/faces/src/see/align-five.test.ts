import { expect, test } from 'vitest'
import { alignToFivePoints } from './align-five.ts'

/** 68 landmarks of which those that count lie where the template has them, then turned, scaled and moved. */
function landmarks({ a, b, tx, ty }: { a: number; b: number; tx: number; ty: number }): Float32Array {
  const points = new Float32Array(136)
  const put = (places: number[], x: number, y: number) => {
    for (const i of places) points.set([a * x - b * y + tx, b * x + a * y + ty], i * 2)
  }
  put([36, 37, 38, 39, 40, 41], 38.2946, 51.6963)
  put([42, 43, 44, 45, 46, 47], 73.5318, 51.5014)
  put([30], 56.0252, 71.7366)
  put([48], 41.5493, 92.3655)
  put([54], 70.7299, 92.2041)
  return points
}

test.each([
  { a: 1, b: 0, tx: 0, ty: 0 },
  { a: 2.5, b: 0, tx: 300, ty: -40 },
  { a: 0, b: 1.5, tx: 10, ty: 20 },
  { a: -0.6, b: 0.3, tx: 900, ty: 700 },
])('a face laid out like the template, moved by %o, is found where it is', moved => {
  const found = alignToFivePoints(landmarks(moved))
  for (const part of ['a', 'b', 'tx', 'ty'] as const) expect(found[part]).toBeCloseTo(moved[part], 2)
})
