import { events } from '@pix/db/schema/events.ts'
import { eq, sql } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { lockEvent, manageEvent } from '../../catalogue/events/index.ts'

/** Who manages an event deletes it: nobody sees it from now on, and the sweep `removeEvents` deletes what it has. */
export async function deleteEvent(ctx: CallerContext, eventId: string): Promise<void> {
  await manageEvent(ctx, eventId, async staff => {
    const { slug, nameTh, nameEn } = await lockEvent(staff, eventId)
    await staff.db.update(events).set(removed(ctx.now())).where(eq(events.id, eventId))
    await recordAudit(staff, 'event.delete', `event:${eventId}`, { before: { slug, nameTh, nameEn } })
  })
}

/**
 * Its address is free for another event, and leads nowhere until one takes it. Without the recorded basis there is no face search, and an archived event is shown to nobody.
 */
export const removed = (at: Date) =>
  ({
    removedAt: at,
    slug: sql`'removed-' || ${events.id}`,
    status: 'archived',
    coverPhotoId: null,
    descriptionTh: '',
    descriptionEn: '',
    faceSearchWording: null,
    faceSearchBy: null,
    faceSearchAt: null,
  }) as const
