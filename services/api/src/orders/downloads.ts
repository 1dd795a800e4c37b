import type { Downloads } from '@pix/contracts/orders.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderArchives, orderItems, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { tileColumns, toTile } from '../photos/index.ts'
import { notFound } from '../problem.ts'
import { fileNames } from './file-names.ts'

/** A link must be used within this time; a download that runs may take longer (spec/30). */
const LINK_SECONDS = 300
/** A followed page gets fresh links well before the old ones end. */
const LINK_REUSE_MS = 120_000

type DownloadDeps = Pick<Deps, 'db' | 'now' | 'storage'>

/** Paid, and within its download window. Everything else does not exist. */
const isOpen = (sessionId: string, at: Date) =>
  and(eq(orders.sessionId, sessionId), inArray(orders.status, ['paid', 'fulfilled']), gt(orders.downloadsUntil, at))

/**
 * Reads an order's downloads, again and again: the links to originals are made once in a while, so that a page that
 * follows the ZIP's progress is told only what changed.
 */
export function followDownloads(deps: DownloadDeps, sessionId: string, orderId: string): () => Promise<Downloads> {
  let links: { photos: Downloads['photos']; madeAt: number } | undefined
  return async () => {
    const order = await openOrder(deps, sessionId, orderId)
    const at = deps.now().getTime()
    if (!links || at - links.madeAt > LINK_REUSE_MS) links = { photos: await photoLinks(deps, orderId), madeAt: at }
    return {
      orderId,
      number: order.number,
      until: order.until,
      photos: links.photos,
      archive: await archiveOf(deps, order),
    }
  }
}

/** A word for each order's ZIP that another one follows whenever its row is written: the row's last transaction. */
export async function stampArchives({ db }: Pick<Deps, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: orderArchives.orderId, stamp: sql<string>`${orderArchives}.xmin::text` })
    .from(orderArchives)
    .where(inArray(orderArchives.orderId, [...ids]))
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}

async function openOrder({ db, now }: DownloadDeps, sessionId: string, orderId: string) {
  const [order] = await db
    .select({
      id: orders.id,
      number: orders.number,
      until: orders.downloadsUntil,
      eventId: orders.eventId,
      slug: events.slug,
    })
    .from(orders)
    .innerJoin(events, eq(events.id, orders.eventId))
    .where(and(eq(orders.id, orderId), isOpen(sessionId, now())))
  if (!order?.until) throw notFound()
  return { ...order, until: order.until.toISOString() }
}

async function photoLinks({ db, storage }: DownloadDeps, orderId: string): Promise<Downloads['photos']> {
  const rows = await db
    .select({
      ...tileColumns,
      fileName: photos.fileName,
      format: photos.format,
      bytes: photos.bytes,
      sha256: photos.sha256,
    })
    .from(orderItems)
    .innerJoin(photos, eq(photos.id, orderItems.photoId))
    .where(eq(orderItems.orderId, orderId))
    .orderBy(asc(orderItems.position))
  const names = fileNames(rows)
  return Promise.all(
    rows.map(async row => {
      const fileName = names.get(row.id)!
      const url = await storage.signedGetUrl(MAIN_BUCKET, originalKey(row.eventId, row.id, row.format), {
        expiresSeconds: LINK_SECONDS,
        filename: fileName,
      })
      return { photo: toTile(row), fileName, bytes: row.bytes, sha256: row.sha256, url }
    }),
  )
}

async function archiveOf(
  { db, now, storage }: DownloadDeps,
  order: { id: string; number: string; eventId: string; slug: string },
): Promise<Downloads['archive']> {
  const [archive] = await db.select().from(orderArchives).where(eq(orderArchives.orderId, order.id))
  if (!archive) throw new Error(`order ${order.number} is paid and has no archive row`)
  const gone = archive.state === 'ready' && archive.expiresAt !== null && archive.expiresAt <= now()
  const state = gone ? 'expired' : archive.state
  if (state !== 'ready') return { state, progress: archive.progress, bytes: null, url: null }
  const url = await storage.signedGetUrl(MAIN_BUCKET, zipKey(order.eventId, order.id), {
    expiresSeconds: LINK_SECONDS,
    filename: `${order.slug}-${order.number}.zip`,
  })
  return { state, progress: 1, bytes: archive.bytes, url }
}

/** Builds the ZIP again when it expired or failed; one that is there or on its way stays. */
export async function redownload(
  deps: DownloadDeps & Pick<Deps, 'enqueue' | 'live'>,
  sessionId: string,
  orderId: string,
): Promise<Downloads> {
  const read = followDownloads(deps, sessionId, orderId)
  const { archive } = await read()
  if (archive.state === 'failed' || archive.state === 'expired') {
    await deps.db
      .update(orderArchives)
      .set({ state: 'queued', progress: 0, attempts: 0, bytes: null, expiresAt: null, queuedAt: deps.now() })
      .where(and(eq(orderArchives.orderId, orderId), inArray(orderArchives.state, ['failed', 'expired', 'ready'])))
    await deps.enqueue(buildArchive, { orderId })
    await deps.live.publish(`archive:${orderId}`)
  }
  return read()
}

/** A link to a bought photo's untouched original; a photo that this session has not bought does not exist. */
export async function linkOriginal({ db, now, storage }: DownloadDeps, sessionId: string, photoId: string) {
  const [photo] = await db
    .select({ id: photos.id, eventId: photos.eventId, fileName: photos.fileName, format: photos.format })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .innerJoin(photos, eq(photos.id, orderItems.photoId))
    .where(and(eq(orderItems.photoId, photoId), isOpen(sessionId, now())))
    .limit(1)
  if (!photo) throw notFound()
  return storage.signedGetUrl(MAIN_BUCKET, originalKey(photo.eventId, photo.id, photo.format), {
    expiresSeconds: LINK_SECONDS,
    filename: fileNames([photo]).get(photo.id)!,
  })
}
