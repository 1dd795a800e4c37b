import type { Downloads, EventDownloads } from '@pix/contracts/orders.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { holdsTakenBack } from '@pix/db/holds-taken-back.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderArchives, orderEvents, orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { fileNames } from '@pix/domain/file-names.ts'
import { type BoughtJpeg, boughtJpegsOf } from '@pix/domain/picture-sizes.ts'
import type { BoughtPreviewState } from '@pix/domain/words.ts'
import { and, asc, eq, inArray, max, sql } from 'drizzle-orm'
import { boughtBy } from '../../base/caller.ts'
import type { BuyerContext, Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { tileColumns, toTile } from '../../catalogue/photos/index.ts'
import { mailState } from './mail-state.ts'

/**
 * Reads an order's downloads, again and again while a page follows its ZIPs' progress; the photos are read until each
 * of their pictures is made.
 */
export function followDownloads(ctx: BuyerContext, orderId: string): () => Promise<Downloads> {
  let photosOf: PhotosOfEvents | undefined
  return async () => {
    const opened = await openEvents(ctx, orderId)
    const photosNow = photosOf ?? (await listPhotos(ctx, orderId, opened))
    const isSettled = [...photosNow.values()].flat().every(({ preview }) => preview !== 'queued')
    photosOf = isSettled ? photosNow : undefined
    return {
      orderId,
      number: opened[0]!.number,
      until: new Date(Math.max(...opened.map(({ until }) => until.getTime()))).toISOString(),
      mail: await mailOf(ctx, orderId),
      events: opened.map(({ eventId, slug, nameTh, nameEn, archive }) => ({
        event: { id: eventId, slug, name: { th: nameTh, en: nameEn } },
        photos: photosNow.get(eventId) ?? [],
        archive,
      })),
    }
  }
}

async function mailOf({ db }: Pick<Context, 'db'>, orderId: string): Promise<Downloads['mail']> {
  const [letter] = await db
    .select({ sentAt: outgoingMail.sentAt, givenUp: outgoingMail.givenUp })
    .from(orders)
    .innerJoin(outgoingMail, eq(outgoingMail.id, orders.letterId))
    .where(eq(orders.id, orderId))
  return letter ? mailState(letter) : null
}

/** How many photos of an order have their picture without a watermark, or will have none. */
const previewsDone = sql`(
  select count(*) from ${orderLines} join ${boughtPreviews} on ${boughtPreviews.photoId} = ${orderLines.photoId}
  where ${orderLines.orderId} = ${orderArchives.orderId} and ${boughtPreviews.state} <> 'queued')`

/** The version stamp of each order's ZIPs and of its letter, by the last transactions of their rows, and of its pictures. */
export async function stampArchives({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({
      id: orderArchives.orderId,
      stamp: sql<string>`concat_ws(' ', string_agg(${orderArchives}.xmin::text, ' ' order by ${orderArchives.id}), max(${outgoingMail}.xmin::text), ${previewsDone})`,
    })
    .from(orderArchives)
    .innerJoin(orders, eq(orders.id, orderArchives.orderId))
    .leftJoin(outgoingMail, eq(outgoingMail.id, orders.letterId))
    .where(inArray(orderArchives.orderId, [...ids]))
    .groupBy(orderArchives.orderId)
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}

/** An event of an order, some of whose photos its buyer may download now. */
export interface OpenEvent {
  orderId: string
  number: string
  eventId: string
  slug: string
  nameTh: string
  nameEn: string
  /** Downloads end here. */
  until: Date
  archive: EventDownloads['archive']
}

/** @throws Problem `not_found` where this buyer may download nothing of the order */
export async function openEvents(ctx: BuyerContext, orderId: string): Promise<OpenEvent[]> {
  const { db, buyer, now } = ctx
  const ofEvent = and(eq(orderLines.orderId, orderEvents.orderId), eq(orderLines.eventId, orderEvents.eventId))
  const rows = await db
    .select({
      orderId: orders.id,
      number: orders.number,
      eventId: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      until: max(entitlements.until),
      row: orderArchives,
      isOutdated: holdsTakenBack(db),
    })
    .from(orderEvents)
    .innerJoin(orders, eq(orders.id, orderEvents.orderId))
    .innerJoin(events, eq(events.id, orderEvents.eventId))
    .innerJoin(
      orderArchives,
      and(eq(orderArchives.orderId, orderEvents.orderId), eq(orderArchives.eventId, orderEvents.eventId)),
    )
    .innerJoin(orderLines, ofEvent)
    .innerJoin(entitlements, eq(entitlements.lineId, orderLines.id))
    .where(and(eq(orders.id, orderId), boughtBy(buyer, now(), entitlements), mayBeDownloaded(now())))
    .groupBy(orders.id, orderEvents.position, events.id, orderArchives.id)
    .orderBy(asc(orderEvents.position))
  if (rows.length === 0) throw notFound()
  return rows.map(({ row, isOutdated, until, ...event }) => ({
    ...event,
    until: until!,
    archive: shownArchive(row, isOutdated || (row.expiresAt !== null && row.expiresAt <= now())),
  }))
}

function shownArchive(row: typeof orderArchives.$inferSelect, isOver: boolean): EventDownloads['archive'] {
  const state = row.state === 'ready' && isOver ? 'expired' : row.state
  if (state !== 'ready') return { state, progress: row.progress, bytes: null, url: null }
  return { state, progress: 1, bytes: row.bytes, url: `/api/orders/${row.orderId}/archives/${row.eventId}` }
}

/** An event's photos that may be downloaded, in the order of its ZIP. */
export const openPhotos = ({ db, buyer, now }: BuyerContext, orderId: string, eventId: string) =>
  db
    .select({
      ...tileColumns,
      fileName: photos.fileName,
      format: photos.format,
      bytes: photos.bytes,
      sha256: photos.sha256,
      preview: boughtPreviews.state,
    })
    .from(orderLines)
    .innerJoin(entitlements, eq(entitlements.lineId, orderLines.id))
    .innerJoin(photos, eq(photos.id, orderLines.photoId))
    .leftJoin(boughtPreviews, eq(boughtPreviews.photoId, photos.id))
    .where(
      and(
        eq(orderLines.orderId, orderId),
        eq(orderLines.eventId, eventId),
        boughtBy(buyer, now(), entitlements),
        mayBeDownloaded(now()),
      ),
    )
    .orderBy(asc(orderLines.position), asc(photos.id))

type PhotosOfEvents = Map<string, EventDownloads['photos']>

async function listPhotos(ctx: BuyerContext, orderId: string, opened: readonly OpenEvent[]): Promise<PhotosOfEvents> {
  const listed = opened.map(async ({ eventId }) => [eventId, await listEvent(ctx, orderId, eventId)] as const)
  return new Map(await Promise.all(listed))
}

async function listEvent(ctx: BuyerContext, orderId: string, eventId: string): Promise<EventDownloads['photos']> {
  const rows = await openPhotos(ctx, orderId, eventId)
  const names = fileNames(rows)
  return rows.map(row => ({
    photo: toTile(row),
    fileName: names.get(row.id)!,
    bytes: row.bytes,
    sha256: row.sha256,
    url: `/api/photos/${row.id}/original`,
    preview: row.preview ?? 'failed',
    jpegs: jpegsOf(row),
  }))
}

interface BoughtPhoto {
  format: string
  width: number | null
  height: number | null
  preview: BoughtPreviewState | null
}

/** The JPEGs of a bought photo that are made. */
export const jpegsOf = ({ format, width, height, preview }: BoughtPhoto): BoughtJpeg[] =>
  preview === 'ready' ? boughtJpegsOf({ format, width: width ?? 0, height: height ?? 0 }) : []
