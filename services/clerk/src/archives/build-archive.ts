import type { Db } from '@pix/db/client.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderArchives, orderLines } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { fileNames } from '@pix/domain/file-names.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import { MAX_TRIES } from '../file-tries.ts'
import { waitsToBeBuilt } from './open-lines.ts'
import { type Original, zipOriginals } from './zip-originals.ts'

export interface ArchiveDeps {
  db: Db
  storage: Storage
  now: () => Date
  /** Publishes that the order's ZIP has changed, for the pages that show it. */
  announce: (orderId: string) => Promise<void>
}

/** A ZIP is kept this long and built again on request (spec/20 "Objects"). */
const KEPT_DAYS = KEPT.archiveDays
/** Progress is written this often at most. */
const PROGRESS_MS = 1_000

type ArchiveRow = Pick<typeof orderArchives.$inferSelect, 'id' | 'orderId' | 'eventId' | 'attempts'>

/**
 * Builds the ZIP of those originals of an order's event that may be downloaded, straight from storage into storage: its
 * size costs no memory.
 *
 * @returns how it ended
 * @param signal aborted when the clerk stops: the ZIP then waits for the next one, and this try does not count
 */
export async function buildArchive(deps: ArchiveDeps, archiveId: string, signal: AbortSignal): Promise<string> {
  const archive = await beginArchive(deps, archiveId)
  if (!archive) return 'nothing'
  const { orderId, eventId, attempts } = archive
  try {
    const originals = await listOriginals(deps, archive)
    const zip = zipOriginals(deps.storage, originals, { signal, onBytes: progressWriter(deps, archive, originals) })
    const { size } = await deps.storage.put(MAIN_BUCKET, zipKey(eventId, orderId), zip, {
      contentType: 'application/zip',
    })
    const expiresAt = new Date(deps.now().getTime() + KEPT_DAYS * 86_400_000)
    await set(deps.db, archiveId, { state: 'ready', progress: 1, bytes: size, expiresAt })
    return 'ready'
  } catch (error) {
    if (signal.aborted) {
      await set(deps.db, archiveId, { state: 'queued', attempts: attempts - 1 })
      return 'given_back'
    }
    await set(deps.db, archiveId, { state: attempts >= MAX_TRIES ? 'failed' : 'queued' })
    throw error
  } finally {
    await deps.announce(orderId)
  }
}

async function beginArchive({ db, now }: ArchiveDeps, archiveId: string): Promise<ArchiveRow | undefined> {
  const { id, orderId, eventId, attempts } = orderArchives
  const [archive] = await db
    .update(orderArchives)
    .set({ state: 'building', progress: 0, attempts: sql`${attempts} + 1`, queuedAt: now() })
    .where(and(eq(id, archiveId), waitsToBeBuilt(db, now())))
    .returning({ id, orderId, eventId, attempts })
  if (!archive || archive.attempts <= MAX_TRIES) return archive
  await set(db, archiveId, { state: 'failed' }) // its last try died with its clerk
  return undefined
}

async function listOriginals({ db, now }: ArchiveDeps, { orderId, eventId }: ArchiveRow): Promise<Original[]> {
  const rows = await db
    .select({
      id: photos.id,
      format: photos.format,
      fileName: photos.fileName,
      bytes: photos.bytes,
      takenAt: photos.takenAt,
      createdAt: photos.createdAt,
    })
    .from(orderLines)
    .innerJoin(entitlements, eq(entitlements.lineId, orderLines.id))
    .innerJoin(photos, eq(photos.id, orderLines.photoId))
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.eventId, eventId), mayBeDownloaded(now())))
    .orderBy(asc(orderLines.position), asc(photos.id))
  const names = fileNames(rows)
  return rows.map(({ id, format, bytes, takenAt, createdAt }) => ({
    key: originalKey(eventId, id, format),
    name: names.get(id)!,
    bytes,
    modifiedAt: takenAt ?? createdAt,
  }))
}

const set = (db: Db, archiveId: string, columns: Partial<typeof orderArchives.$inferInsert>) =>
  db
    .update(orderArchives)
    .set(columns)
    .where(and(eq(orderArchives.id, archiveId), eq(orderArchives.state, 'building')))

function progressWriter({ db, announce }: ArchiveDeps, { id, orderId }: ArchiveRow, originals: readonly Original[]) {
  const total = originals.reduce((sum, original) => sum + original.bytes, 0)
  let read = 0
  let written = performance.now()
  return (bytes: number) => {
    read += bytes
    if (performance.now() - written < PROGRESS_MS) return
    written = performance.now()
    // The progress is only for the page that shows it: the next write makes up for one that was lost.
    void set(db, id, { progress: Math.min(read / total, 0.99) })
      .then(() => announce(orderId))
      .catch(() => undefined)
  }
}
