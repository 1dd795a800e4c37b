import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomEmbedding, randomNormal, randomSource } from './testing.ts'
import { createVectorStore } from './vector-store.ts'
import type { VectorStore } from './vector-store.ts'

/** A row at this distance from the probe, to the precision of float32, in a random direction. */
function rowAt(probe: Float32Array, distance: number, random: () => number, along: Float64Array): Float32Array {
  const direction = Float64Array.from(along, weight => weight * randomNormal(random))
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0))
  return probe.map((value, i) => value + (direction[i]! / length) * distance)
}

function distanceBetween(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0))
}

const rowsFound = (store: VectorStore, probe: Float32Array, threshold: number): number[] =>
  store.scan(probe, threshold, ({ rows }) => [...rows])

/** Spreads that make the sieves' work easy or hard: even, falling, on one line, nearly all in few dimensions. */
const spreads = {
  even: Float64Array.from({ length: 128 }, () => 1),
  falling: Float64Array.from({ length: 128 }, (_, i) => Math.exp(-i / 20)),
  line: Float64Array.from({ length: 128 }, (_, i) => Number(i === 5)),
  few: Float64Array.from({ length: 128 }, (_, i) => (i % 37 === 0 ? 1 : 1e-6)),
}

const shape = fc.record({
  seed: fc.nat(),
  spread: fc.constantFrom<keyof typeof spreads>('even', 'falling', 'line', 'few'),
  threshold: fc.double({ min: 0.05, max: 1.2, noNaN: true }),
  size: fc.constantFrom(0.001, 0.05, 0.3, 4),
  offset: fc.constantFrom(0, 0.2, 60),
  packed: fc.constantFrom(1e-8, 1e-6, 1e-4, 1e-2),
})

/** Rows that the store lists or leaves out against the definition, of 400 of which most lie around the threshold. */
function misjudgedRows(one: typeof shape extends fc.Arbitrary<infer T> ? T : never, learnFrom: number): number[] {
  const { seed, spread, threshold, size, offset, packed } = one
  const random = randomSource(seed)
  const along = spreads[spread]
  const probe = Float32Array.from(along, weight => offset + size * weight * randomNormal(random))
  const rows = Array.from({ length: 400 }, (_, n) => {
    const near = threshold * (1 + packed * (2 * random() - 1))
    return rowAt(probe, n % 4 === 0 ? random() * 3 * threshold : near, random, along)
  })
  const store = createVectorStore(undefined, learnFrom)
  for (const row of rows) store.append(row)
  store.settle()
  const found = new Set(rowsFound(store, probe, threshold))
  return [...rows.keys()].filter(row => {
    const distance = distanceBetween(rows[row]!, probe)
    // Two orders of adding up may differ in the last bits of a double.
    return Math.abs(distance - threshold) > 1e-12 && found.has(row) !== distance <= threshold
  })
}

// The first store of a machine compiles the kernel.
beforeAll(() => void createVectorStore(), 300_000)

describe('vector store', { timeout: 300_000 }, () => {
  it('misses no row within the threshold and adds none, with rows packed around it, before axes are learned', () => {
    fc.assert(
      fc.property(shape, one => {
        expect(misjudgedRows(one, Infinity)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('misses no row within the threshold and adds none, with rows packed around it, after axes were learned', () => {
    fc.assert(
      fc.property(shape, one => {
        expect(misjudgedRows(one, 200)).toEqual([])
      }),
      { numRuns: 5 },
    )
  })

  it('gives distances to the precision of a double', () => {
    const random = randomSource(5)
    const rows = Array.from({ length: 300 }, () => randomEmbedding(random))
    const store = createVectorStore()
    for (const row of rows) store.append(row)
    store.settle()
    const { rows: found, distances } = store.scan(rows[0]!, 5, hits => structuredClone(hits))
    expect(found).toHaveLength(300)
    found.forEach((row, n) => expect(distances[n]).toBeCloseTo(distanceBetween(rows[row]!, rows[0]!), 13))
  })

  it('finds every one of thousands of rows within the threshold, in their order', () => {
    const random = randomSource(8)
    const around = randomEmbedding(random)
    const store = createVectorStore(undefined, 1000)
    for (let n = 0; n < 9000; n += 1) store.append(around.map(value => value + 0.001 * random()))
    store.settle()
    expect(rowsFound(store, around, 0.5)).toEqual(Array.from({ length: 9000 }, (_, n) => n))
    expect(rowsFound(store, around, 0)).toEqual([])
  })

  it('keeps finding every row after rows far outside the learned range were added and removed', () => {
    const random = randomSource(6)
    const store = createVectorStore(undefined, 300)
    const rows = Array.from({ length: 300 }, () => randomEmbedding(random))
    for (const row of rows) store.append(row)
    store.settle()
    const odd = randomEmbedding(random).map(value => value * 1000)
    for (let n = 0; n < 10; n += 1) store.append(odd)
    store.settle()
    expect(rowsFound(store, odd, 0.1)).toHaveLength(10)
    for (let n = 9; n >= 0; n -= 1) store.removeBySwap(n)
    expect(rowsFound(store, odd, 0.1)).toHaveLength(10)
    for (const row of rows.slice(10)) expect(rowsFound(store, row, 0.01)).toHaveLength(1)
    for (const row of rows.slice(0, 10)) expect(rowsFound(store, row, 0.01)).toHaveLength(0)
  })

  it('leaves no trace of the probe, nor of removed rows, in what it dumps', () => {
    const random = randomSource(7)
    const [kept, removed, probe] = [randomEmbedding(random), randomEmbedding(random), randomEmbedding(random)]
    const store = createVectorStore()
    store.append(kept)
    store.append(removed)
    store.settle()
    rowsFound(store, probe, 0.6)
    store.removeBySwap(1)
    const dump = Buffer.concat([...store.dump().pieces()])
    const holds = (value: Float32Array) => dump.includes(Buffer.from(value.buffer, 0, 32))
    expect([holds(kept), holds(removed), holds(probe)]).toEqual([true, false, false])
    expect(dump.includes(Buffer.from(Float64Array.from(probe).buffer, 0, 32))).toBe(false)
    expect(dump.subarray(0, 65_536).every(byte => byte === 0)).toBe(true)
  })
})
