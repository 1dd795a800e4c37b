import type { Grouping } from '@pix/contracts/people.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { findManagedEvent } from '../../events/index.ts'
import { readGrouping } from './list-people.ts'

/**
 * Asks for who is who in an event; the worker answers, and keeps it true as photos arrive. Asking again is harmless, and
 * gives a grouping that failed new tries.
 *
 * @throws Problem `face_search_off` while nobody recorded the basis for looking at faces (PDPA s.26)
 */
export async function askGrouping(ctx: CallerContext, eventId: string): Promise<Grouping> {
  const { db, now, enqueue, caller } = ctx
  const event = await findManagedEvent(ctx, eventId)
  if (event.faceSearchAt === null) throw new Problem('face_search_off')
  await db.transaction(async tx => {
    const asked = { askedBy: caller.userId, askedAt: now(), attempts: 0 }
    await tx
      .insert(eventPeople)
      .values({ eventId, ...asked })
      .onConflictDoUpdate({ target: eventPeople.eventId, set: asked })
    await recordAudit({ ...ctx, db: tx }, 'faces.group', `event:${eventId}`)
  })
  await enqueue(groupFaces, { eventId })
  return readGrouping(ctx, eventId)
}
