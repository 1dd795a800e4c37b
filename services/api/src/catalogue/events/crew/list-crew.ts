import type { CrewMember, listCrew as contract } from '@pix/contracts/crew.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../../base/cursor.ts'
import { lookAfterCrew } from './find-crew-event.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

export const crewColumns = {
  userId: eventPhotographers.userId,
  name: users.name,
  email: users.email,
  trusted: eventPhotographers.trusted,
  since: eventPhotographers.createdAt,
}
export const toCrewMember = ({ since, ...row }: Omit<CrewMember, 'since'> & { since: Date }): CrewMember => ({
  ...row,
  since: since.toISOString(),
})

/** Who organizes an event, and its photographers by userId. */
export async function listCrew(
  ctx: CallerContext,
  eventId: string,
  query: z.output<typeof contract.schema.querystring>,
): Promise<Answer> {
  const after = decodeCursor(query.cursor, ([id]) => (isId(id) ? id : null))
  return lookAfterCrew(ctx, eventId, async (staff, { event, isManager, mayInvite }) => {
    const { userId } = eventPhotographers
    const found = await staff.db
      .select(crewColumns)
      .from(eventPhotographers)
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(eventPhotographers.eventId, eventId), after === null ? undefined : gt(userId, after)))
      .orderBy(asc(userId))
      .limit(query.limit + 1)
    const items = found.slice(0, query.limit).map(toCrewMember)
    const last = found.length > items.length ? items.at(-1) : undefined
    return {
      items,
      nextCursor: last ? encodeCursor([last.userId]) : null,
      studioId: event.studioId,
      organizer: await findOrganizer(staff, event.organizerId),
      mayInvite,
      mayChange: isManager,
    }
  })
}

async function findOrganizer({ db }: StaffContext, id: string | null): Promise<Answer['organizer']> {
  if (id === null) return null
  const [found] = await db
    .select({ name: organizers.name, email: users.email })
    .from(organizers)
    .leftJoin(users, eq(users.id, organizers.userId))
    .where(eq(organizers.id, id))
  return found ?? null
}
