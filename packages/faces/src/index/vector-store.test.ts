import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fitQuantizer } from './scalar-quantizer.ts'
import { NETWORK_SPREADS, networkDraw, randomEmbedding, randomNormal, randomSource } from './testing.ts'
import type { NetworkName } from './testing.ts'
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

/** Two orders of adding up may differ in the last bits of a double. */
function undecided(distance: number, threshold: number): boolean {
  return Math.abs(distance - threshold) <= 1e-12 * Math.max(1, threshold)
}

const rowsFound = (store: VectorStore, probe: Float32Array, threshold: number): number[] =>
  store.scan(probe, threshold, ({ rows }) => [...rows])

/** Spreads that make the sieve's work easy or hard: even, falling, on one line, nearly all in few dimensions. */
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
    return found.has(row) !== distance <= threshold && !undecided(distance, threshold)
  })
}

/**
 * A row whose codes are wrong by the largest amount, in the direction of the probe. There the sieve's bound is reached
 * exactly: a smaller bound would lose the row.
 */
function rowMissedTowards(probe: Float32Array, near: Float32Array, sample: readonly Float32Array[]): Float32Array {
  const { mean, steps } = fitQuantizer(sample)
  const towards = probe.map((value, i) => value - mean[i]!)
  const reach = Math.min(...towards.map((value, i) => (0.499 * steps[i]!) / Math.abs(value)))
  return near.map((value, i) => {
    const code = Math.max(0, Math.min(15, Math.round((value - mean[i]!) / steps[i]! + 7.5)))
    return mean[i]! + (code - 7.5) * steps[i]! + reach * towards[i]!
  })
}

const networks = fc.constantFrom<NetworkName>('sface', 'face-api')

/** What happens to a store, and with which kind of row. */
const change = fc.record({
  kind: fc.constantFrom('append', 'append', 'overwrite', 'remove', 'reload'),
  row: fc.constantFrom('drawn', 'drawn', 'bound', 'copy', 'zero', 'huge'),
  count: fc.integer({ min: 1, max: 40 }),
  at: fc.nat(),
})

function reloaded(store: VectorStore, rows: number, learnFrom: number): VectorStore {
  const bytes = Buffer.concat([...store.dump().pieces()])
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes.length / 65_536) })
  new Uint8Array(memory.buffer).set(bytes)
  return createVectorStore({ rows, memory }, learnFrom)
}

// The first store of a machine compiles the kernel.
beforeAll(() => void createVectorStore(), 300_000)

describe('vector store', { timeout: 300_000 }, () => {
  it('misses no row within the threshold and adds none, with rows packed around it, with plain codes', () => {
    fc.assert(
      fc.property(shape, one => {
        expect(misjudgedRows(one, Infinity)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('misses no row within the threshold and adds none, with rows packed around it, with codes fitted to the rows', () => {
    fc.assert(
      fc.property(shape, one => {
        expect(misjudgedRows(one, 200)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('misses no row whose codes err straight towards the probe, for either network', () => {
    fc.assert(
      fc.property(networks, fc.nat(), (network, seed) => {
        const random = randomSource(seed)
        const draw = networkDraw(network, random)
        const sample = Array.from({ length: 200 }, draw)
        const store = createVectorStore(undefined, 200)
        for (const row of sample) store.append(row)
        store.settle()
        const probe = draw()
        const hard = Array.from({ length: 20 }, () => rowMissedTowards(probe, draw(), sample))
        for (const row of hard) store.append(row)
        store.settle()
        for (const [n, row] of hard.entries()) {
          const distance = distanceBetween(probe, row)
          expect(rowsFound(store, probe, distance * (1 + 1e-12))).toContain(200 + n)
          expect(rowsFound(store, probe, distance * (1 - 1e-12))).not.toContain(200 + n)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('finds exactly the rows within the threshold, whatever was appended, overwritten, removed and reloaded', () => {
    fc.assert(
      fc.property(networks, fc.nat(), fc.array(change, { maxLength: 12 }), (network, seed, changes) => {
        const random = randomSource(seed)
        const draw = networkDraw(network, random)
        const { bound } = NETWORK_SPREADS[network]
        const even = Float64Array.from({ length: 128 }, () => 1)
        const probes = [draw(), new Float32Array(128), new Float32Array(128).fill(-100)]
        const held: Float32Array[] = []
        let store = createVectorStore(undefined, 64)
        const rowOf = (kind: (typeof changes)[number]['row']): Float32Array => {
          if (kind === 'bound') return rowAt(probes[0]!, bound * (1 + 1e-7 * (2 * random() - 1)), random, even)
          if (kind === 'copy') return held[Math.floor(random() * held.length)] ?? draw()
          if (kind === 'zero') return new Float32Array(128)
          return kind === 'huge' ? draw().map(value => Math.max(-100, Math.min(100, 1000 * value))) : draw()
        }
        for (const { kind, row, count, at } of changes) {
          for (let n = 0; n < count; n += 1) {
            const place = held.length === 0 ? 0 : (at + 7 * n) % held.length
            if (kind === 'append') store.append((held[held.length] = rowOf(row)))
            if (kind === 'overwrite' && held.length > 0) store.overwrite(place, (held[place] = rowOf(row)))
            if (kind === 'remove' && held.length > 0) {
              store.removeBySwap(place)
              const last = held.pop()!
              if (place < held.length) held[place] = last
            }
          }
          store.settle()
          if (kind === 'reload') store = reloaded(store, held.length, 64)
          for (const probe of [...probes, ...held.slice(0, 1)]) {
            for (const threshold of [0, bound, 1200]) {
              const found = new Set(rowsFound(store, probe, threshold))
              const wrong = [...held.keys()].filter(n => {
                const distance = distanceBetween(held[n]!, probe)
                return found.has(n) !== distance <= threshold && !undecided(distance, threshold)
              })
              expect(wrong).toEqual([])
              expect(Math.max(-1, ...found)).toBeLessThan(held.length)
            }
          }
        }
      }),
      { numRuns: 60 },
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
