import { requireEmbedding } from './embedding.ts'
import { createFaceTable } from './face-table.ts'
import type { FaceTable } from './face-table.ts'
import { orderHits } from './order-hits.ts'
import { packSnapshot, unpackSnapshot } from './snapshot.ts'
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

export interface FaceHit {
  faceId: string
  photoId: string
  quality: number
  /** Euclidean, accumulated in double precision over the float32 embeddings. */
  distance: number
}

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
  /** Every face with distance ≤ threshold and no other, by distance, then photoId, then faceId. */
  search(probe: Float32Array, threshold: number): FaceHit[]
  /** The embedding of a face held, as a copy: what a second look searches with. */
  embeddingOf(photoId: string, faceId: string): Float32Array | undefined
  /** @param revision the caller's counter of changes, given back by `loadSnapshot` */
  toSnapshot(revision?: number): Uint8Array
}

/** An empty index for the embeddings of one model version: those of two versions are never compared. */
export function createEventIndex(options: { modelVersion: string }): EventIndex {
  return indexOver(options.modelVersion, createFaceTable(), createVectorStore())
}

/**
 * Reads what `toSnapshot` wrote.
 *
 * @throws SnapshotRefused when it is damaged, of another format, or of another model version than asked for
 */
export function loadSnapshot(bytes: Uint8Array, modelVersion: string): { index: EventIndex; revision: number } {
  const { columns, vectors, revision } = unpackSnapshot(bytes, modelVersion)
  const store = createVectorStore({ rows: columns.faceIds.length, dump: vectors })
  return { index: indexOver(modelVersion, createFaceTable(columns), store), revision }
}

function indexOver(modelVersion: string, table: FaceTable, vectors: VectorStore): EventIndex {
  function addOne({ faceId, photoId, quality, embedding }: IndexedFace): void {
    const known = table.rowOf(photoId, faceId)
    if (known === -1) {
      table.append(faceId, photoId, quality)
      vectors.append(embedding)
    } else {
      table.setQuality(known, quality)
      vectors.overwrite(known, embedding)
    }
  }

  function faceHit(row: number, distance: number): FaceHit {
    return { faceId: table.faceAt(row), photoId: table.photoAt(row), quality: table.qualityAt(row), distance }
  }

  function removeRow(row: number): void {
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
      vectors.tune()
    },
    removePhotos(photoIds) {
      // Largest row first: the row that moves into a gap is then never one still to be removed.
      for (const photoId of photoIds) for (const row of table.rowsOf(photoId).sort((a, b) => b - a)) removeRow(row)
    },
    search(probe, threshold) {
      requireEmbedding(probe)
      const { rows, distances } = vectors.scan(probe, threshold)
      // Looked up in the order of the rows, which is the order of the memory, and put in order afterwards.
      const hits = rows.map((row, place) => faceHit(row, distances[place]!))
      const order = orderHits(distances, (a, b) => byIds(hits[a]!, hits[b]!))
      return Array.from({ length: order.length }, (_, n) => hits[order[n]!]!)
    },
    embeddingOf(photoId, faceId) {
      const row = table.rowOf(photoId, faceId)
      return row === -1 ? undefined : vectors.read(row)
    },
    toSnapshot: (revision = 0) =>
      packSnapshot({ modelVersion, revision, columns: table.columns(), vectors: vectors.dump() }),
  }
}

function byIds(a: FaceHit, b: FaceHit): number {
  return compare(a.photoId, b.photoId) || compare(a.faceId, b.faceId)
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
