import type { CrewMember } from '@pix/contracts/crew.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { manageEvent } from '../visibility.ts'
import { crewColumns, toCrewMember } from './list-crew.ts'

interface Place {
  eventId: string
  userId: string
}

const isPlace = ({ eventId, userId }: Place) =>
  and(eq(eventPhotographers.eventId, eventId), eq(eventPhotographers.userId, userId))!

/**
 * Says whether a photographer of an event is trusted. A member of its studio joins the event by this; anybody else must
 * have accepted an invitation.
 *
 * @throws Problem `not_found`
 */
export async function setPhotographer(ctx: CallerContext, place: Place, trusted: boolean): Promise<CrewMember> {
  return manageEvent(ctx, place.eventId, async staff => {
    const { db: tx } = staff
    const [before] = await tx.select().from(eventPhotographers).where(isPlace(place)).for('update')
    if (!before && !(await isMember(staff, place.userId))) throw notFound()
    if (before?.trusted !== trusted) {
      await tx
        .insert(eventPhotographers)
        .values({ ...place, trusted, createdAt: ctx.now() })
        .onConflictDoUpdate({ target: [eventPhotographers.eventId, eventPhotographers.userId], set: { trusted } })
      const facts = { userId: place.userId, after: { trusted } }
      const subject = `event:${place.eventId}`
      if (before) await recordAudit(staff, 'event.trust', subject, { ...facts, before: { trusted: before.trusted } })
      else await recordAudit(staff, 'event.join', subject, facts)
    }
    const [now] = await tx
      .select(crewColumns)
      .from(eventPhotographers)
      .innerJoin(users, eq(users.id, eventPhotographers.userId))
      .where(isPlace(place))
    return toCrewMember(now!)
  })
}

async function isMember({ db, studioId }: StaffContext, userId: string): Promise<boolean> {
  const [member] = await db
    .select({ userId: studioMembers.userId })
    .from(studioMembers)
    .innerJoin(users, and(eq(users.id, studioMembers.userId), isNull(users.suspendedAt)))
    .where(and(eq(studioMembers.studioId, studioId), eq(studioMembers.userId, userId)))
  return member !== undefined
}

/** Takes a photographer off an event; their photos stay. @throws Problem `not_found` */
export async function removePhotographer(ctx: CallerContext, place: Place): Promise<void> {
  await manageEvent(ctx, place.eventId, async staff => {
    const [gone] = await staff.db.delete(eventPhotographers).where(isPlace(place)).returning()
    if (!gone) throw notFound()
    const facts = { userId: place.userId, before: { as: 'photographer', trusted: gone.trusted } }
    await recordAudit(staff, 'event.remove_crew', `event:${place.eventId}`, facts)
  })
}

/** Takes the organizer off an event; what was sold before is shared as it was. @throws Problem `not_found` */
export async function removeOrganizer(ctx: CallerContext, eventId: string): Promise<void> {
  await manageEvent(ctx, eventId, async (staff, { organizerId }) => {
    if (organizerId === null) throw notFound()
    await staff.db.update(events).set({ organizerId: null }).where(eq(events.id, eventId))
    const facts = { before: { as: 'organizer', organizerId } }
    await recordAudit(staff, 'event.remove_crew', `event:${eventId}`, facts)
  })
}
