import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { lockEvent, manageEvent } from '../../events/index.ts'

/** @throws Problem `not_found` for a photo that is not on sale in the event, and unless the caller manages the event */
export const chooseCover = (ctx: CallerContext, eventId: string, photoId: string): Promise<void> =>
  manageEvent(ctx, eventId, async staff => {
    const before = await lockEvent(staff, eventId)
    const isItsOwn = and(eq(photos.id, photoId), eq(photos.eventId, eventId), eq(photos.approval, 'approved'))
    const [photo] = await staff.db.select({ id: photos.id }).from(photos).where(isItsOwn)
    if (!photo) throw notFound()
    if (before.coverPhotoId === photoId) return
    await staff.db.update(events).set({ coverPhotoId: photoId }).where(eq(events.id, eventId))
    const facts = { before: { coverPhotoId: before.coverPhotoId }, after: { coverPhotoId: photoId } }
    await recordAudit(staff, 'event.cover', `event:${eventId}`, facts)
  })
