import { events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { manageEvent } from './visibility.ts'

/**
 * Deletes an event with its packages and invitations. What must stay refers to it by foreign keys: an event with photos,
 * searches, orders or postings cannot go.
 *
 * @throws Problem `event_in_use`
 */
export async function deleteEvent(ctx: CallerContext, eventId: string): Promise<void> {
  const deletion = manageEvent(ctx, eventId, async (staff, { slug, nameTh, nameEn }) => {
    await staff.db.delete(events).where(eq(events.id, eventId))
    await recordAudit(staff, 'event.delete', `event:${eventId}`, { before: { slug, nameTh, nameEn } })
  })
  await deletion.catch((error: unknown) => {
    throw isStillReferredTo(error) ? new Problem('event_in_use') : error
  })
}

/** PostgreSQL's foreign_key_violation; Drizzle wraps what PostgreSQL says. */
const isStillReferredTo = (error: unknown): boolean =>
  error instanceof Error && ((error as { code?: string }).code === '23503' || isStillReferredTo(error.cause))
