import type { GivenPhoto, OpenedGift } from '@pix/contracts/gifts.ts'
import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { giftPhotos, gifts } from '@pix/db/schema/gifts.ts'
import { orderEvents, orderLines } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { fileNames } from '@pix/domain/file-names.ts'
import { MOST_GIFT_DOWNLOADS } from '@pix/domain/gifts.ts'
import { boughtJpegKey, boughtPreviewKey, originalKey, thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import { asStranger, type Context } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { seenByAddress } from '../../../catalogue/events/index.ts'
import { jpegName, linkSeconds } from '../link-downloads.ts'
import { jpegsOf } from '../read-downloads.ts'

/** What a gift's link shows to anybody who opens it. Looking writes nothing: mail scanners open links, too. */
export async function openGift(ctx: Context, token: string): Promise<OpenedGift> {
  const rows = await readGift(ctx, token)
  const names = fileNames(rows)
  const { giverName, note, expiresAt } = rows[0]!
  const opened: OpenedGift = { giver: giverName, note, until: expiresAt.toISOString(), events: [] }
  const parts = new Map<string, GivenPhoto[]>()
  for (const row of rows) {
    const shown = parts.get(row.eventId) ?? []
    if (shown.length === 0) {
      const event = { name: { th: row.nameTh, en: row.nameEn }, startsAt: row.startsAt.toISOString() }
      opened.events.push({ event: { ...event, slug: row.isSeen ? row.slug : null }, photos: shown })
      parts.set(row.eventId, shown)
    }
    shown.push(await showPhoto(ctx, row, names.get(row.id)!))
  }
  return opened
}

/**
 * A link that begins the download of a photo of a gift, and counts it. Two that ask at once for the last one: one of
 * them gets it.
 *
 * @throws Problem `not_found` where the link does not give the photo now, `link_used_up` after as many downloads as may be
 */
export async function downloadGift(
  ctx: Context,
  { token, photoId, size }: { token: string; photoId: string; size: 'original' | 'share' },
): Promise<{ url: string; downloadsLeft: number }> {
  const rows = await readGift(ctx, token)
  const row = rows.find(({ id }) => id === photoId)
  if (!row || (size === 'share' && !jpegsOf(row).includes('share'))) throw notFound()
  const [counted] = await ctx.db
    .update(giftPhotos)
    .set({ downloads: sql`${giftPhotos.downloads} + 1` })
    .where(
      and(
        eq(giftPhotos.giftId, row.giftId),
        eq(giftPhotos.lineId, row.lineId),
        lt(giftPhotos.downloads, MOST_GIFT_DOWNLOADS),
      ),
    )
    .returning({ downloads: giftPhotos.downloads })
  if (!counted) throw new Problem('link_used_up')
  const name = fileNames(rows).get(photoId)!
  const [key, filename] =
    size === 'original'
      ? [originalKey(row.eventId, photoId, row.format), name]
      : [boughtJpegKey(row.eventId, 'share', photoId), jpegName(name, 'share')]
  const expiresSeconds = linkSeconds(ctx, 'original', row.expiresAt)
  const url = await ctx.storage.signedGetUrl(MAIN_BUCKET, key, { expiresSeconds, filename })
  return { url, downloadsLeft: MOST_GIFT_DOWNLOADS - counted.downloads }
}

/**
 * The photos that the link of this token gives now, in the order in which they were bought: those that their buyer may
 * download. A token that never was, one that was withdrawn and one that ended are answered alike.
 *
 * @throws Problem `not_found` where there is none
 */
async function readGift(ctx: Context, token: string) {
  const rows = await ctx.db
    .select({
      giftId: gifts.id,
      giverName: gifts.giverName,
      note: gifts.note,
      expiresAt: gifts.expiresAt,
      lineId: giftPhotos.lineId,
      downloads: giftPhotos.downloads,
      id: photos.id,
      width: photos.width,
      height: photos.height,
      averageColor: photos.averageColor,
      fileName: photos.fileName,
      format: photos.format,
      bytes: photos.bytes,
      preview: boughtPreviews.state,
      eventId: events.id,
      slug: events.slug,
      nameTh: events.nameTh,
      nameEn: events.nameEn,
      startsAt: events.startsAt,
      isSeen: sql<boolean>`${seenByAddress(asStranger(ctx))}`,
    })
    .from(gifts)
    .innerJoin(giftPhotos, eq(giftPhotos.giftId, gifts.id))
    .innerJoin(entitlements, eq(entitlements.lineId, giftPhotos.lineId))
    .innerJoin(orderLines, eq(orderLines.id, giftPhotos.lineId))
    .innerJoin(
      orderEvents,
      and(eq(orderEvents.orderId, orderLines.orderId), eq(orderEvents.eventId, orderLines.eventId)),
    )
    .innerJoin(events, eq(events.id, orderLines.eventId))
    .innerJoin(photos, eq(photos.id, orderLines.photoId))
    .leftJoin(boughtPreviews, eq(boughtPreviews.photoId, photos.id))
    .where(and(eq(gifts.tokenHash, hashToken(token)), gt(gifts.expiresAt, ctx.now()), mayBeDownloaded(ctx.now())))
    .orderBy(asc(orderEvents.position), asc(orderLines.position), asc(photos.id))
  if (rows.length === 0) throw notFound()
  return rows
}

type GiftRow = Awaited<ReturnType<typeof readGift>>[number]

/** Until its picture is made, a photo is shown by the one thumbnail that carries no watermark, as to its buyer. */
async function showPhoto(ctx: Context, row: GiftRow, fileName: string): Promise<GivenPhoto> {
  const key =
    row.preview === 'ready' ? boughtPreviewKey(row.eventId, row.id) : thumbnailKey(row.eventId, 'small', row.id)
  const expiresSeconds = linkSeconds(ctx, 'preview', row.expiresAt)
  return {
    id: row.id,
    width: row.width ?? 0,
    height: row.height ?? 0,
    averageColor: row.averageColor,
    picture: await ctx.storage.signedGetUrl(MAIN_BUCKET, key, { expiresSeconds }),
    hasShareSize: jpegsOf(row).includes('share'),
    fileName,
    bytes: row.bytes,
    downloadsLeft: MOST_GIFT_DOWNLOADS - row.downloads,
  }
}
