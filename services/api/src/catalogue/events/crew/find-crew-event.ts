import { events } from '@pix/db/schema/events.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { CREW_ROLES } from '@pix/domain/words.ts'
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { CallerContext, Joining, StaffContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { actForStudio, type StudioRow } from '../../../people/studios/index.ts'
import { type EventRow, managedBy, organizedBy, studioOfEvent } from '../visibility.ts'

type CrewRole = (typeof CREW_ROLES)[number]

export interface CrewEvent {
  event: EventRow
  studio: StudioRow
  /** The caller manages it; else they organize it. */
  isManager: boolean
  /** Whom the caller may invite to it. */
  mayInvite: CrewRole[]
}

/**
 * An event whose people the caller looks after: as a manager of its studio, or as its organizer.
 *
 * @throws Problem `not_found`
 */
export async function findCrewEvent(ctx: Joining<CallerContext>, eventId: string): Promise<CrewEvent> {
  const [found] = await ctx.db
    .select({ event: events, studio: studios, isManager: sql<boolean>`${managedBy(ctx)}` })
    .from(events)
    .innerJoin(studios, eq(studios.id, events.studioId))
    .where(and(eq(events.id, eventId), isNull(events.removedAt), or(managedBy(ctx), organizedBy(ctx))))
  if (!found) throw notFound()
  return { ...found, mayInvite: found.isManager ? [...CREW_ROLES] : ['photographer'] }
}

/** Runs `act` for the staff of an event's studio whose people the caller looks after. @throws Problem `not_found` */
export const lookAfterCrew = <T>(
  ctx: CallerContext,
  eventId: string,
  act: (staff: StaffContext, crew: CrewEvent) => Promise<T>,
): Promise<T> =>
  actForStudio(ctx, studioOfEvent(eventId), async staff => act(staff, await findCrewEvent(staff, eventId)))
