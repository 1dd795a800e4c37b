import type { Grouping } from '@pix/contracts/people.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { manageEvent } from '../../events/index.ts'
import { readGrouping } from './list-people.ts'

/**
 * Asks for who is who in an event; the worker answers, and keeps it true as photos arrive. Asking again is harmless, and
 * gives a grouping that failed new tries.
 *
 * @throws Problem `face_search_off` while nobody recorded the basis for looking at faces (PDPA s.26)
 */
export async function askGrouping(ctx: CallerContext, eventId: string): Promise<Grouping> {
  const grouping = await manageEvent(ctx, eventId, async (staff, event) => {
    const { db, now, caller } = staff
    if (event.faceSearchAt === null) throw new Problem('face_search_off')
    const asked = { askedBy: caller.userId, askedAt: now(), attempts: 0 }
    await db
      .insert(eventPeople)
      .values({ eventId, ...asked })
      .onConflictDoUpdate({ target: eventPeople.eventId, set: asked })
    await recordAudit(staff, 'faces.group', `event:${eventId}`)
    return readGrouping(staff, event)
  })
  await ctx.enqueue(groupFaces, { eventId })
  return grouping
}
