import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEventIndex, readSnapshot, SnapshotRefused } from './event-index.ts'
import type { EventIndex, IndexedFace } from './event-index.ts'
import { crc32 } from 'node:zlib'
import { hitsOf, NETWORK_SPREADS, networkDraw, packed, randomEmbedding, randomSource } from './testing.ts'
import type { NetworkName } from './testing.ts'

const modelVersion = 'test-1'

/** Straight from the definition, in the simplest code there is. */
function searchByDefinition(faces: IndexedFace[], probe: Float32Array, threshold: number) {
  return faces
    .map(face => ({ face, distance: Math.sqrt(face.embedding.reduce((sum, v, i) => sum + (v - probe[i]!) ** 2, 0)) }))
    .filter(({ distance }) => distance <= threshold)
    .map(({ face }) => face.faceId)
    .sort()
}

const uuidOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
/** UUIDs as the product has them, and others. */
const photoOf = (n: number) => (n % 4 === 0 ? `photo-${n}` : uuidOf(n))

function facesOf(seed: number, count: number, network?: NetworkName): IndexedFace[] {
  const random = randomSource(seed)
  const draw = network ? networkDraw(network, random) : () => randomEmbedding(random)
  return Array.from({ length: count }, (_, n) => ({
    faceId: n % 2 === 0 ? uuidOf(n) : `face-${n}`,
    photoId: photoOf(Math.floor(n / 3)),
    quality: random(),
    embedding: draw(),
  }))
}

async function* pieces(all: Uint8Array, size: number) {
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}

const idsOf = (index: EventIndex, probe: Float32Array, threshold: number) =>
  hitsOf(index, probe, threshold)
    .map(hit => hit.faceId)
    .sort()

// The first index of a machine compiles the kernel.
beforeAll(() => void createEventIndex({ modelVersion }), 300_000)

describe('event index', () => {
  it('finds exactly the faces within the threshold, whatever was added, replaced and removed before', () => {
    const network = fc.constantFrom<NetworkName>('sface', 'face-api')
    const step = fc.record({ remove: fc.boolean(), at: fc.nat(60), count: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(network, fc.nat(), fc.array(step, { maxLength: 20 }), (kind, seed, steps) => {
        const pool = facesOf(seed, 180, kind)
        const index = createEventIndex({ modelVersion })
        const held = new Map<string, IndexedFace>()
        for (const { remove, at, count } of steps) {
          if (remove) {
            const gone = Array.from({ length: count }, (_, n) => photoOf(at + n))
            index.removePhotos(gone)
            for (const face of held.values()) if (gone.includes(face.photoId)) held.delete(face.faceId)
          } else {
            const batch = pool.slice(at * 3, at * 3 + count)
            index.add(batch)
            for (const face of batch) held.set(face.faceId, face)
          }
        }
        const faces = [...held.values()]
        expect(index.size).toBe(faces.length)
        expect(index.photoCount).toBe(new Set(faces.map(face => face.photoId)).size)
        const probe = pool[0]!.embedding
        const { bound } = NETWORK_SPREADS[kind]
        for (const threshold of [0, bound, 1.2 * bound, 3]) {
          expect(idsOf(index, probe, threshold)).toEqual(searchByDefinition(faces, probe, threshold))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('sorts by distance, then photo, then face', () => {
    const embedding = randomEmbedding(randomSource(1))
    const far = embedding.map(value => value + 0.01)
    const index = createEventIndex({ modelVersion })
    index.add([
      { faceId: 'd', photoId: 'a', quality: 1, embedding: far },
      { faceId: 'c', photoId: 'q', quality: 1, embedding },
      { faceId: 'b', photoId: 'p', quality: 1, embedding },
      { faceId: 'a', photoId: 'q', quality: 1, embedding },
    ])
    expect(hitsOf(index, embedding, 0.6).map(hit => hit.faceId)).toEqual(['b', 'a', 'c', 'd'])
  })

  it('answers the same from its snapshot, and keeps changing in place after that', async () => {
    const faces = facesOf(7, 300)
    const index = createEventIndex({ modelVersion })
    index.add(faces)
    index.removePhotos([photoOf(3), photoOf(99), photoOf(0)])
    const { index: loaded, revision } = await readSnapshot(index.snapshot(42), modelVersion)
    const probe = faces[10]!.embedding
    expect(revision).toBe(42)
    expect(hitsOf(loaded, probe, 0.9)).toEqual(hitsOf(index, probe, 0.9))
    for (const each of [index, loaded]) {
      each.add(facesOf(8, 310).slice(300))
      each.removePhotos([photoOf(5)])
    }
    expect(hitsOf(loaded, probe, 1)).toEqual(hitsOf(index, probe, 1))
    expect(loaded.photoCount).toBe(index.photoCount)
  })

  it('reads a snapshot that comes in pieces of any size, and refuses one that breaks off or goes on', async () => {
    const index = createEventIndex({ modelVersion })
    index.add(facesOf(4, 20))
    const bytes = await packed(index, 3)
    const probe = facesOf(4, 1)[0]!.embedding
    for (const size of [7, 1000, 65_536, bytes.length]) {
      const { index: read, revision } = await readSnapshot(pieces(bytes, size), modelVersion)
      expect([revision, hitsOf(read, probe, 2)]).toEqual([3, hitsOf(index, probe, 2)])
    }
    const longer = Buffer.concat([bytes, Buffer.alloc(1)])
    for (const wrong of [longer, bytes.subarray(0, -1)])
      await expect(readSnapshot(pieces(wrong, 1000), modelVersion)).rejects.toThrow(SnapshotRefused)
  })

  it('refuses a snapshot with any one bit changed, cut short, or of another model', async () => {
    const index = createEventIndex({ modelVersion })
    index.add(facesOf(9, 5))
    const bytes = await packed(index, 1)
    const refused = (wrong: Uint8Array, model = modelVersion) =>
      expect(readSnapshot(pieces(wrong, wrong.length || 1), model)).rejects.toThrow(SnapshotRefused)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const damaged = Uint8Array.from(bytes)
        damaged[at]! ^= 1 << bit
        await refused(damaged)
      }),
    )
    for (const length of [0, 7, 20, bytes.length - 1]) await refused(bytes.subarray(0, length))
    await refused(bytes, 'test-2')
  })

  it('refuses a snapshot of the format before, whose checksums are right, and says so', async () => {
    const index = createEventIndex({ modelVersion })
    index.add(facesOf(9, 5))
    const old = await packed(index, 1)
    const head = 12 + old.readUInt32LE(8)
    const format = old.indexOf('"format":3')
    expect(format).toBeGreaterThan(0)
    old.write('2', format + 9)
    old.writeUInt32LE(crc32(old.subarray(0, head)), head)
    await expect(readSnapshot(pieces(old, 1000), modelVersion)).rejects.toThrow(
      new SnapshotRefused('format 2 is not 3'),
    )
  })

  it('is in its snapshot as it was when that began, whatever changes while it is read', async () => {
    const step = fc.record({
      kind: fc.constantFrom('add', 'replace', 'remove', 'read'),
      at: fc.nat(280),
      count: fc.integer({ min: 1, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(step, { maxLength: 30 }), async (seed, steps) => {
        const pool = facesOf(seed, 900)
        const index = createEventIndex({ modelVersion })
        index.add(pool.slice(0, 600))
        const probe = pool[0]!.embedding
        const before = hitsOf(index, probe, 9)
        const snapshot = index.snapshot(5)
        const read: Uint8Array[] = []
        for (const { kind, at, count } of steps) {
          if (kind === 'add') index.add(pool.slice(at * 3, at * 3 + count))
          if (kind === 'replace') index.add(pool.slice(at, at + count).map(face => ({ ...face, embedding: probe })))
          if (kind === 'remove') index.removePhotos(Array.from({ length: count }, (_, n) => photoOf(at + n)))
          const next = kind === 'read' ? await snapshot.next() : undefined
          if (next?.value) read.push(next.value)
        }
        for await (const piece of snapshot) read.push(piece)
        const { index: loaded, revision } = await readSnapshot(pieces(Buffer.concat(read), 1e9), modelVersion)
        expect([revision, hitsOf(loaded, probe, 9)]).toEqual([5, before])
      }),
      { numRuns: 15 },
    )
  })

  it('lets other work go on between the pieces of a snapshot, which are small', async () => {
    const index = createEventIndex({ modelVersion })
    index.add(facesOf(2, 5_000))
    let [turns, sizes, going] = [0, [] as number[], true]
    const turn = () => {
      turns += 1
      if (going) setImmediate(turn)
    }
    setImmediate(turn)
    for await (const piece of index.snapshot(1)) sizes.push(piece.length)
    going = false
    expect(sizes.length).toBeGreaterThan(20)
    expect(turns).toBeGreaterThan(20)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(262_144)
  })

  it('ends a snapshot that is still being read when another begins', async () => {
    const index = createEventIndex({ modelVersion })
    index.add(facesOf(6, 600))
    const first = index.snapshot(1)
    await first.next()
    const { index: loaded } = await readSnapshot(index.snapshot(2), modelVersion)
    expect(loaded.size).toBe(600)
    const readOn = async () => {
      for await (const piece of first) expect(piece).not.toHaveLength(0)
    }
    await expect(readOn()).rejects.toThrow('a later dump has begun')
  })

  it('takes in nothing of a batch in which one embedding is not 128 finite numbers', () => {
    const index = createEventIndex({ modelVersion })
    const [good, bad] = facesOf(3, 2)
    bad!.embedding[5] = Number.NaN
    expect(() => index.add([good!, bad!])).toThrow(RangeError)
    expect(() => index.add([good!, { ...bad!, embedding: new Float32Array(127) }])).toThrow(RangeError)
    expect(index.size).toBe(0)
    expect(() => index.find(bad!.embedding, 0.6)).toThrow(RangeError)
  })
})
