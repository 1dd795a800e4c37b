import { expect, test } from 'vitest'
import { DIMENSIONS } from '@pix/faces/index/embedding.ts'
import { EMBEDDING_LENGTH } from '@pix/faces/see/describe-faces.ts'
import { measureSpread, readSfaceSpread, rootOf } from './measured-spread.ts'
import { drawHard } from './search-rows.ts'

test("rows of SFace have the strangers' mean and covariance", () => {
  const drawn = measureSpread(strangersAmong(drawHard('sface', 1, 8_000, 0).rows))
  const measured = readSfaceSpread()

  expect(correlation(drawn.mean, measured.mean)).toBeGreaterThan(0.98)
  expect(correlation(beside(drawn), beside(measured))).toBeGreaterThan(0.85)
  expect(sum(variances(drawn)) / sum(variances(measured))).toBeCloseTo(1, 1)
})

/** All rows but those that lie at the bound, whose length is no face's. */
function strangersAmong(rows: Float32Array): Float32Array[] {
  const all = Array.from({ length: rows.length / DIMENSIONS }, (_, n) =>
    rows.subarray(n * DIMENSIONS, (n + 1) * DIMENSIONS),
  )
  return all.filter(row => Math.abs(Math.hypot(...row) - EMBEDDING_LENGTH) < 1e-4)
}

test('a root times itself is what it is the root of, and what is no covariance is refused', () => {
  const root = rootOf([[4], [2, 5]])
  expect(root.map(row => [...row])).toEqual([[2], [1, 2]])
  expect(() => rootOf([[1], [2, 1]])).toThrow(RangeError)
})

type Spread = ReturnType<typeof readSfaceSpread>
const variances = ({ covariance }: Spread) => covariance.map((row, i) => row[i]!)
const beside = ({ covariance }: Spread) => covariance.flatMap((row, i) => row.slice(0, i))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function correlation(a: readonly number[], b: readonly number[]): number {
  const [middleA, middleB] = [sum(a) / a.length, sum(b) / b.length]
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    sum(x.map((value, i) => (value - mx) * (y[i]! - my)))
  const own = Math.sqrt(product(a, middleA, a, middleA) * product(b, middleB, b, middleB))
  return product(a, middleA, b, middleB) / own
}
