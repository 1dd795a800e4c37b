import type { Db } from '@pix/db/client.ts'
import { orderArchives, orderItems, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { fileNames } from '@pix/domain/file-names.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type Original, zipOriginals } from './zip-originals.ts'

export interface ArchiveDeps {
  db: Db
  storage: Storage
  now: () => Date
  /** Publishes that the order's ZIP has changed, for the pages that show it. */
  announce: (orderId: string) => Promise<void>
}

const MAX_TRIES = 3
/** A ZIP is kept this long and built again on request (spec/20 "Objects"). */
const KEPT_DAYS = 7
/** Progress is written this often at most. */
const PROGRESS_MS = 1_000

/**
 * Builds the ZIP of a paid order's originals, straight from storage into storage: its size costs no memory.
 *
 * @returns how it ended
 * @param signal aborted when the clerk stops: the order then waits for the next one, and this try does not count
 */
export async function buildArchive(deps: ArchiveDeps, orderId: string, signal: AbortSignal): Promise<string> {
  const archive = await beginArchive(deps, orderId)
  if (!archive) return 'nothing'
  try {
    const originals = await listOriginals(deps.db, orderId)
    const zip = zipOriginals(deps.storage, originals, { signal, onBytes: progressWriter(deps, orderId, originals) })
    const { size } = await deps.storage.put(MAIN_BUCKET, zipKey(archive.eventId, orderId), zip, {
      contentType: 'application/zip',
    })
    const expiresAt = new Date(deps.now().getTime() + KEPT_DAYS * 86_400_000)
    await set(deps.db, orderId, { state: 'ready', progress: 1, bytes: size, expiresAt })
    return 'ready'
  } catch (error) {
    if (signal.aborted) {
      await set(deps.db, orderId, { state: 'queued', attempts: archive.attempts - 1 })
      return 'given_back'
    }
    await set(deps.db, orderId, { state: archive.attempts >= MAX_TRIES ? 'failed' : 'queued' })
    throw error
  } finally {
    await deps.announce(orderId)
  }
}

async function beginArchive({ db, now }: ArchiveDeps, orderId: string) {
  const [archive] = await db
    .update(orderArchives)
    .set({ state: 'building', progress: 0, attempts: sql`${orderArchives.attempts} + 1`, queuedAt: now() })
    .from(orders)
    .where(
      and(
        eq(orderArchives.orderId, orderId),
        inArray(orderArchives.state, ['queued', 'building']),
        eq(orders.id, orderId),
        inArray(orders.status, ['paid', 'fulfilled']),
      ),
    )
    .returning({ eventId: orderArchives.eventId, attempts: orderArchives.attempts })
  if (!archive || archive.attempts <= MAX_TRIES) return archive
  await set(db, orderId, { state: 'failed' }) // its last try died with its clerk
  return undefined
}

async function listOriginals(db: Db, orderId: string): Promise<Original[]> {
  const rows = await db
    .select({
      id: photos.id,
      eventId: photos.eventId,
      format: photos.format,
      fileName: photos.fileName,
      bytes: photos.bytes,
      takenAt: photos.takenAt,
      createdAt: photos.createdAt,
    })
    .from(orderItems)
    .innerJoin(photos, eq(photos.id, orderItems.photoId))
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.position), asc(photos.id))
  const names = fileNames(rows)
  return rows.map(({ id, eventId, format, bytes, takenAt, createdAt }) => ({
    key: originalKey(eventId, id, format),
    name: names.get(id)!,
    bytes,
    modifiedAt: takenAt ?? createdAt,
  }))
}

const set = (db: Db, orderId: string, columns: Partial<typeof orderArchives.$inferInsert>) =>
  db
    .update(orderArchives)
    .set(columns)
    .where(and(eq(orderArchives.orderId, orderId), eq(orderArchives.state, 'building')))

function progressWriter({ db, announce }: ArchiveDeps, orderId: string, originals: readonly Original[]) {
  const total = originals.reduce((sum, original) => sum + original.bytes, 0)
  let read = 0
  let written = performance.now()
  return (bytes: number) => {
    read += bytes
    if (performance.now() - written < PROGRESS_MS) return
    written = performance.now()
    // Only for the page that shows it: a lost write is made good by the next.
    void set(db, orderId, { progress: Math.min(read / total, 0.99) })
      .then(() => announce(orderId))
      .catch(() => undefined)
  }
}
