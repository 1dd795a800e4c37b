import { mayBeDownloaded } from '@pix/db/downloadable.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { orderLines } from '@pix/db/schema/orders.ts'
import { fileNames } from '@pix/domain/file-names.ts'
import { type BoughtJpeg, SHARE_LONG_SIDE } from '@pix/domain/picture-sizes.ts'
import { boughtJpegKey, boughtPreviewKey, originalKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, desc, eq } from 'drizzle-orm'
import { boughtBy } from '../../base/caller.ts'
import type { BuyerContext, Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { settleEmail } from './access/settle-email.ts'
import { jpegsOf, openEvents, openPhotos } from './read-downloads.ts'

/**
 * How long links live. A link is made when a download begins. A browser that resumes comes back to the link, not to our
 * route, so the link lives as long as the file takes on a slow line. It cannot be taken back by a sign-out, so it lives
 * no longer.
 */
export const LINK_SECONDS = { archive: 12 * 3_600, original: 3_600, preview: 600 } as const

/** No link outlives the time in which the photos may be downloaded. */
export const linkSeconds = ({ now }: Pick<Context, 'now'>, of: keyof typeof LINK_SECONDS, until: Date): number =>
  Math.max(1, Math.min(LINK_SECONDS[of], Math.floor((until.getTime() - now().getTime()) / 1_000)))

/** A link to the ZIP of an order's event; to the order's page where there is none now, which builds it again. */
export async function linkArchive(
  ctx: BuyerContext,
  { id: orderId, eventId }: { id: string; eventId: string },
): Promise<string> {
  const opened = (await openEvents(ctx, orderId)).find(event => event.eventId === eventId)
  if (!opened) throw notFound()
  await settleEmail(ctx, orderId)
  if (opened.archive.state !== 'ready') return `/checkout/success/${orderId}`
  return ctx.storage.signedGetUrl(MAIN_BUCKET, zipKey(eventId, orderId), {
    expiresSeconds: linkSeconds(ctx, 'archive', opened.until),
    filename: `${opened.slug}-${opened.number}.zip`,
  })
}

/**
 * A link to a bought photo's untouched original, under its name in its event's ZIP; a photo that this buyer may not
 * download does not exist.
 */
export async function linkOriginal(ctx: BuyerContext, photoId: string): Promise<string> {
  const { orderId, eventId, until } = await openLine(ctx, photoId)
  const rows = await openPhotos(ctx, orderId, eventId)
  const { format } = rows.find(row => row.id === photoId)!
  return ctx.storage.signedGetUrl(MAIN_BUCKET, originalKey(eventId, photoId, format), {
    expiresSeconds: linkSeconds(ctx, 'original', until),
    filename: fileNames(rows).get(photoId)!,
  })
}

/** A link to a bought photo's picture without a watermark. @throws Problem `not_found` also while it is not made */
export async function linkBoughtPreview(ctx: BuyerContext, photoId: string): Promise<string> {
  const { eventId, until } = await openLine(ctx, photoId)
  const isReady = and(eq(boughtPreviews.photoId, photoId), eq(boughtPreviews.state, 'ready'))
  if ((await ctx.db.$count(boughtPreviews, isReady)) === 0) throw notFound()
  return ctx.storage.signedGetUrl(MAIN_BUCKET, boughtPreviewKey(eventId, photoId), {
    expiresSeconds: linkSeconds(ctx, 'preview', until),
  })
}

/** The name of a JPEG that is downloaded beside the original: `IMG_0412-2048.jpg` of `IMG_0412.HEIC`. */
export function jpegName(originalName: string, size: BoughtJpeg): string {
  const name = originalName.replace(/\.[^.]*$/, '')
  return size === 'share' ? `${name}-${SHARE_LONG_SIDE}.jpg` : `${name}.jpg`
}

/** A link to a JPEG of a bought photo. @throws Problem `not_found` also where none of this size is made */
export async function linkBoughtJpeg(ctx: BuyerContext, photoId: string, size: BoughtJpeg): Promise<string> {
  const { orderId, eventId, until } = await openLine(ctx, photoId)
  const rows = await openPhotos(ctx, orderId, eventId)
  if (!jpegsOf(rows.find(row => row.id === photoId)!).includes(size)) throw notFound()
  return ctx.storage.signedGetUrl(MAIN_BUCKET, boughtJpegKey(eventId, size, photoId), {
    expiresSeconds: linkSeconds(ctx, 'original', until),
    filename: jpegName(fileNames(rows).get(photoId)!, size),
  })
}

/** The line by which this buyer may download a photo for longest. What they see of it settles the order's e-mail. */
async function openLine(ctx: BuyerContext, photoId: string) {
  const [line] = await ctx.db
    .select({ orderId: orderLines.orderId, eventId: orderLines.eventId, until: entitlements.until })
    .from(entitlements)
    .innerJoin(orderLines, eq(orderLines.id, entitlements.lineId))
    .where(
      and(eq(entitlements.photoId, photoId), boughtBy(ctx.buyer, ctx.now(), entitlements), mayBeDownloaded(ctx.now())),
    )
    .orderBy(desc(entitlements.until))
    .limit(1)
  if (!line?.eventId) throw notFound()
  await settleEmail(ctx, line.orderId)
  return { ...line, eventId: line.eventId }
}
