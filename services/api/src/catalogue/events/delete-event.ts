import { events } from '@pix/db/schema/events.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { managedBy } from './visibility.ts'

/**
 * Deletes an event with its packages and invitations. What must stay refers to it by foreign keys: an event with photos,
 * searches, orders or postings cannot go.
 *
 * @throws Problem `event_in_use`
 */
export async function deleteEvent(ctx: CallerContext, eventId: string): Promise<void> {
  await ctx.db
    .transaction(async tx => {
      const [event] = await tx
        .delete(events)
        .where(and(eq(events.id, eventId), managedBy(ctx)))
        .returning()
      if (!event) throw notFound()
      const { slug, nameTh, nameEn } = event
      await recordAudit({ ...ctx, db: tx }, 'event.delete', `event:${eventId}`, { before: { slug, nameTh, nameEn } })
    })
    .catch((error: unknown) => {
      throw isStillReferredTo(error) ? new Problem('event_in_use') : error
    })
}

/** PostgreSQL's foreign_key_violation; Drizzle wraps what PostgreSQL says. */
const isStillReferredTo = (error: unknown): boolean =>
  error instanceof Error && ((error as { code?: string }).code === '23503' || isStillReferredTo(error.cause))
