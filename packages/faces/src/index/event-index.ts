import { requireEmbedding } from './embedding.ts'
import { createFaceSample } from './face-sample.ts'
import type { HeldFaces, SampledFace } from './face-sample.ts'
import { createFaceTable } from './face-table.ts'
import type { FaceTable } from './face-table.ts'
import { orderHits } from './order-hits.ts'
import type { RowHits } from './row-hits.ts'
import { createSnapshotReader, writeSnapshot } from './snapshot.ts'
import { createVectorStore } from './vector-store.ts'
import type { VectorStore } from './vector-store.ts'

export { SnapshotRefused } from './snapshot.ts'

/** One face of the event as the database holds it. */
export interface IndexedFace {
  faceId: string
  photoId: string
  /** 0..1 */
  quality: number
  /** 128 finite numbers; copied. */
  embedding: Float32Array
}

/** What the index returns of a face besides its embedding. */
export type HeldFace = Omit<IndexedFace, 'embedding'>

/** All searchable faces of one event, in memory. Not thread-safe; every method is synchronous. */
export interface EventIndex {
  readonly modelVersion: string
  /** Faces held. */
  readonly size: number
  readonly photoCount: number
  /** Memory held, in bytes: what a budget counts. */
  readonly bytes: number
  /** Adds faces; one already held under its photo is replaced, so a repeated job changes nothing. */
  add(faces: readonly IndexedFace[]): void
  /** Forgets every face of these photos; unknown photos are ignored. */
  removePhotos(photoIds: Iterable<string>): void
  /**
   * Every face with distance ≤ threshold and no other, by distance, then photoId, then faceId. Euclidean distances,
   * accumulated in double precision over the float32 embeddings. Rows hold until the next change.
   */
  find(probe: Float32Array, threshold: number): RowHits
  /** The row of a face, or -1. */
  rowOf(photoId: string, faceId: string): number
  faceAt(row: number): HeldFace
  /** A copy. */
  embeddingAt(row: number): Float32Array
  /** Up to 256 faces that stand for all: the same ones in every process that holds the same faces. */
  sample(): SampledFace[]
  /**
   * The index as it is now, in pieces of a few hundred kB; what changes while they are read is not in it. A later snapshot
   * ends one that is still being read.
   *
   * @param revision the caller's counter of changes, given back by `readSnapshot`
   */
  snapshot(revision: number): AsyncGenerator<Uint8Array, void, void>
}

const SAMPLE = 256

/** An empty index for the embeddings of one model version: those of two versions are never compared. */
export function createEventIndex(options: { modelVersion: string }): EventIndex {
  return indexOver(options.modelVersion, createFaceTable(), createVectorStore())
}

export interface LoadedIndex {
  index: EventIndex
  /** What `snapshot` was given. */
  revision: number
}

/**
 * Reads what `snapshot` wrote, straight into the index's memory: nothing is held twice.
 *
 * @throws SnapshotRefused when it is damaged, of another format, or of another model version than asked for
 */
export async function readSnapshot(stream: AsyncIterable<Uint8Array>, modelVersion: string): Promise<LoadedIndex> {
  const reader = createSnapshotReader(modelVersion)
  for await (const bytes of stream) reader.push(bytes)
  const { columns, memory, revision } = reader.finish()
  const store = createVectorStore({ rows: columns.size, memory })
  return { index: indexOver(modelVersion, createFaceTable(columns), store), revision }
}

function indexOver(modelVersion: string, table: FaceTable, vectors: VectorStore): EventIndex {
  const sample = createFaceSample(SAMPLE, table.size === 0)

  function addOne({ faceId, photoId, quality, embedding }: IndexedFace): void {
    const before = table.size
    const row = table.put(faceId, photoId, quality)
    if (row === before) {
      vectors.append(embedding)
      sample.added({ embedding, quality })
    } else {
      sample.leaving(vectors.read(row))
      vectors.overwrite(row, embedding)
    }
  }

  function faceAt(row: number): HeldFace {
    return { faceId: table.faceAt(row), photoId: table.photoAt(row), quality: table.qualityAt(row) }
  }

  function byIds(a: number, b: number): number {
    return compare(table.photoAt(a), table.photoAt(b)) || compare(table.faceAt(a), table.faceAt(b))
  }

  function find(probe: Float32Array, threshold: number): RowHits {
    requireEmbedding(probe)
    return vectors.scan(probe, threshold, hits => orderHits(hits, byIds))
  }

  const held: HeldFaces = {
    get size() {
      return table.size
    },
    readFirst: vectors.readFirst,
    faceAt: row => ({ embedding: vectors.read(row), quality: table.qualityAt(row) }),
  }

  function removeRow(row: number): void {
    sample.leaving(vectors.read(row))
    table.remove(row)
    vectors.removeBySwap(row)
  }

  return {
    modelVersion,
    get size() {
      return table.size
    },
    get photoCount() {
      return table.photoCount
    },
    get bytes() {
      return table.bytes + vectors.bytes
    },
    add(faces) {
      for (const face of faces) requireEmbedding(face.embedding)
      for (const face of faces) addOne(face)
      vectors.settle()
    },
    removePhotos(photoIds) {
      // The largest row is removed first: the row that moves into a gap is then never one that is still to be removed.
      for (const photoId of photoIds) for (const row of table.rowsOf(photoId).sort((a, b) => b - a)) removeRow(row)
    },
    find,
    rowOf: table.rowOf,
    faceAt,
    embeddingAt: vectors.read,
    sample: () => sample.faces(held),
    // The snapshot begins at once: the body of a generator would begin only when somebody asks for its first piece.
    snapshot: revision => writeSnapshot({ modelVersion, revision, columns: table.columns() }, vectors.dump()),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
