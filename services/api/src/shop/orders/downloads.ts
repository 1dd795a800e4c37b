import type { Downloads } from '@pix/contracts/orders.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderArchives, orderItems, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { fileNames } from '@pix/domain/file-names.ts'
import { originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { notFound } from '../../base/problem.ts'

/**
 * Links are made when a download begins. A browser that goes on with one that broke off comes back to the link, not to
 * our route: so it lives as long as a large ZIP takes on a slow net.
 */
const LINK_SECONDS = 12 * 3_600

/** No link outlives the time in which the order may be downloaded. */
const linkSeconds = ({ now }: Pick<Deps, 'now'>, until: Date): number =>
  Math.max(1, Math.min(LINK_SECONDS, Math.floor((until.getTime() - now().getTime()) / 1_000)))

type DownloadDeps = Pick<Deps, 'db' | 'now' | 'storage'>

/** Paid, and within its download window. Everything else does not exist. */
const isOpen = (sessionId: string, at: Date) =>
  and(eq(orders.sessionId, sessionId), inArray(orders.status, ['paid', 'fulfilled']), gt(orders.downloadsUntil, at))

/** Reads an order's downloads, again and again while a page follows the ZIP's progress; the photos are read once. */
export function followDownloads(deps: DownloadDeps, sessionId: string, orderId: string): () => Promise<Downloads> {
  let photos: Downloads['photos'] | undefined
  return async () => {
    const order = await openOrder(deps, sessionId, orderId)
    photos ??= await listPhotos(deps, orderId)
    return { orderId, number: order.number, until: order.until, photos, archive: await archiveOf(deps, order) }
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

/** The photos of an order in the order of its ZIP. */
const orderedPhotos = ({ db }: Pick<DownloadDeps, 'db'>, orderId: string) =>
  db
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
    .orderBy(asc(orderItems.position), asc(photos.id))

async function listPhotos(deps: DownloadDeps, orderId: string): Promise<Downloads['photos']> {
  const rows = await orderedPhotos(deps, orderId)
  const names = fileNames(rows)
  return rows.map(row => ({
    photo: toTile(row),
    fileName: names.get(row.id)!,
    bytes: row.bytes,
    sha256: row.sha256,
    url: `/api/photos/${row.id}/original`,
  }))
}

async function archiveOf(
  { db, now }: DownloadDeps,
  order: { id: string; number: string },
): Promise<Downloads['archive']> {
  const [archive] = await db.select().from(orderArchives).where(eq(orderArchives.orderId, order.id))
  if (!archive) throw new Error(`order ${order.number} is paid and has no archive row`)
  const gone = archive.state === 'ready' && archive.expiresAt !== null && archive.expiresAt <= now()
  const state = gone ? 'expired' : archive.state
  if (state !== 'ready') return { state, progress: archive.progress, bytes: null, url: null }
  return { state, progress: 1, bytes: archive.bytes, url: `/api/orders/${order.id}/archive` }
}

/** A link to an order's ZIP; to the order's page where it has none now, which builds it again. */
export async function linkArchive(deps: DownloadDeps, sessionId: string, orderId: string): Promise<string> {
  const order = await openOrder(deps, sessionId, orderId)
  const { state } = await archiveOf(deps, order)
  if (state !== 'ready') return `/checkout/success/${orderId}`
  return deps.storage.signedGetUrl(MAIN_BUCKET, zipKey(order.eventId, orderId), {
    expiresSeconds: linkSeconds(deps, new Date(order.until)),
    filename: `${order.slug}-${order.number}.zip`,
  })
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

/**
 * A link to a bought photo's untouched original, under its name in its order; a photo that this session has not bought
 * does not exist.
 */
export async function linkOriginal(deps: DownloadDeps, sessionId: string, photoId: string): Promise<string> {
  const [order] = await deps.db
    .select({ id: orders.id, until: orders.downloadsUntil })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(and(eq(orderItems.photoId, photoId), isOpen(sessionId, deps.now())))
    .orderBy(desc(orders.downloadsUntil))
    .limit(1)
  if (!order?.until) throw notFound()
  const rows = await orderedPhotos(deps, order.id)
  const { eventId, format } = rows.find(row => row.id === photoId)!
  return deps.storage.signedGetUrl(MAIN_BUCKET, originalKey(eventId, photoId, format), {
    expiresSeconds: linkSeconds(deps, order.until),
    filename: fileNames(rows).get(photoId)!,
  })
}
