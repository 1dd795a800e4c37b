import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { announceRetry, requeuePhoto } from '../../../catalogue/photos/index.ts'
import { endLine } from '../end-line.ts'

/** Tries a failed photo again. @throws Problem `taken_by_another`, `line_closed` */
export async function retryFailedPhoto(ctx: CallerContext, photoId: string): Promise<void> {
  const photo = await endLine(ctx, { kind: 'failed_photo', id: photoId }, async tx => {
    const queued = await requeuePhoto(ctx, tx, photoId)
    await recordAudit({ ...ctx, db: tx }, 'photos.retry', `photo:${photoId}`, { event: queued.eventId })
    return queued
  })
  await announceRetry(ctx, photo)
}
