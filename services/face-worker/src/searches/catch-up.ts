import type { Db } from '@pix/db/client.ts'
import { faces, gonePhotos, photos } from '@pix/db/schema/photos.ts'
import type { EventIndex } from '@pix/faces/index/event-index.ts'
import { and, eq, inArray, sql, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'

/** Photos read at a time: bounds the memory of a first load. */
const PAGE = 1_000

/**
 * Applies to an index what changed after `revision`. An event's revisions commit in their order (see
 * `events.index_revision`), so reading upwards from the last one seen misses nothing.
 *
 * @returns the last revision seen, and how many faces came or went at most
 */
export async function catchUp(
  db: Db,
  eventId: string,
  index: EventIndex,
  revision: number,
): Promise<{ revision: number; changed: number }> {
  let seen = { revision, photoId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  let changed = 0
  for (;;) {
    const page = await changedPhotos(db, eventId, seen)
    const gone = page.filter(photo => !photo.searchable)
    const before = index.size
    index.removePhotos(gone.map(photo => photo.id))
    changed += before - index.size
    changed += await addFaces(db, index, page)
    const last = page.at(-1)
    if (last) seen = { revision: last.revision, photoId: last.id }
    if (page.length < PAGE) return { revision: seen.revision, changed }
  }
}

/** Photos that have changed, and those that are gone, in the order of their changes: a page of each, then of both. */
function changedPhotos(db: Db, eventId: string, seen: { revision: number; photoId: string }) {
  const later = (revision: SQLWrapper, id: SQLWrapper) =>
    sql`(${revision}, ${id}) > (${seen.revision}, ${seen.photoId}::uuid)`
  const there = db
    .select({
      id: photos.id,
      revision: photos.indexRevision,
      searchable: sql<boolean>`${photos.approval} = 'approved' and ${photos.state} = 'processed'`,
    })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), later(photos.indexRevision, photos.id)))
    .orderBy(photos.indexRevision, photos.id)
    .limit(PAGE)
  const gone = db
    .select({ id: gonePhotos.photoId, revision: gonePhotos.revision, searchable: sql<boolean>`false` })
    .from(gonePhotos)
    .where(and(eq(gonePhotos.eventId, eventId), later(gonePhotos.revision, gonePhotos.photoId)))
    .orderBy(gonePhotos.revision, gonePhotos.photoId)
    .limit(PAGE)
  return unionAll(there, gone)
    .orderBy(sql`2`, sql`1`)
    .limit(PAGE)
}

async function addFaces(
  db: Db,
  index: EventIndex,
  page: readonly { id: string; searchable: boolean }[],
): Promise<number> {
  const searchable = page.filter(photo => photo.searchable).map(photo => photo.id)
  if (searchable.length === 0) return 0
  index.removePhotos(searchable) // processed again meanwhile: its faces have new ids
  const rows = await db
    .select({ faceId: faces.id, photoId: faces.photoId, quality: faces.quality, embedding: faces.embedding })
    .from(faces)
    .where(and(inArray(faces.photoId, searchable), eq(faces.modelVersion, index.modelVersion)))
  index.add(rows.map(row => ({ ...row, embedding: floatsOf(row.embedding) })))
  return rows.length
}

/** 128 little-endian float32; copied, since a Buffer need not begin where a float may. */
export const floatsOf = (bytes: Buffer) => new Float32Array(new Uint8Array(bytes).buffer)
