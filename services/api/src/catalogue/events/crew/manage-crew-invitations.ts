import type { listCrewInvitations as contract } from '@pix/contracts/crew.ts'
import type { Invitation } from '@pix/contracts/invitations.ts'
import { eventInvitations } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, Joining } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { isOpen, pageOfInvitations, renewInvitation, toInvitation } from '../../../people/invitations/index.ts'
import { requireOpenStudio } from '../../../people/studios/index.ts'
import { type CrewEvent, findCrewEvent, lookAfterCrew } from './find-crew-event.ts'

/** Where an event's invitations are. */
interface Place {
  eventId: string
  invitationId: string
}

/** Open invitations to an event, newest first. */
export async function listCrewInvitations(
  ctx: CallerContext,
  eventId: string,
  query: z.output<typeof contract.schema.querystring>,
): Promise<{ items: Invitation[]; nextCursor: string | null }> {
  return lookAfterCrew(ctx, eventId, async ({ db }) => {
    const { invitationId, role } = eventInvitations
    const all = db.select({ id: invitationId }).from(eventInvitations).where(eq(eventInvitations.eventId, eventId))
    const { rows, nextCursor } = await pageOfInvitations({ db }, query, inArray(studioInvitations.id, all))
    const ids = rows.map(({ id }) => id)
    const roles = await db.select({ id: invitationId, role }).from(eventInvitations).where(inArray(invitationId, ids))
    const asOf = new Map(roles.map(row => [row.id, row.role]))
    return { items: rows.map(row => toInvitation(row, asOf.get(row.id)!)), nextCursor }
  })
}

/** @throws Problem `not_found`, `forbidden` or `studio_closed` */
export async function resendToEvent(ctx: CallerContext, place: Place, locale: 'th' | 'en'): Promise<Invitation> {
  const { row, mailId, as } = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const { invitation, as, event, studio } = await lockManaged(inTx, place, await findCrewEvent(inTx, place.eventId))
    requireOpenStudio(studio)
    const letter = { studio, event: { th: event.nameTh, en: event.nameEn }, as, locale }
    const renewed = await renewInvitation(inTx, invitation, letter)
    const facts = { invitationId: place.invitationId }
    await recordAudit(inTx, 'invitation.send_again', `event:${place.eventId}`, facts)
    return { ...renewed, as }
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return toInvitation(row, as)
}

/** @throws Problem `not_found` or `forbidden` */
export async function revokeFromEvent(ctx: CallerContext, place: Place): Promise<void> {
  await lookAfterCrew(ctx, place.eventId, async (staff, crew) => {
    const { invitation } = await lockManaged(staff, place, crew)
    const { id } = invitation
    await staff.db.update(studioInvitations).set({ revokedAt: ctx.now() }).where(eq(studioInvitations.id, id))
    const facts = { invitationId: id }
    await recordAudit(staff, 'invitation.revoke', `event:${place.eventId}`, facts)
  })
}

/** An open invitation to an event, of those that the caller may send. */
async function lockManaged({ db }: Joining<CallerContext>, { eventId, invitationId }: Place, crew: CrewEvent) {
  const [found] = await db
    .select({ invitation: studioInvitations, as: eventInvitations.role, trusted: eventInvitations.trusted })
    .from(studioInvitations)
    .innerJoin(eventInvitations, eq(eventInvitations.invitationId, studioInvitations.id))
    .where(and(eq(eventInvitations.eventId, eventId), eq(studioInvitations.id, invitationId), isOpen))
    .for('update', { of: studioInvitations })
  if (!found) throw notFound()
  if (!crew.mayInvite.includes(found.as) || (found.trusted && !crew.isManager)) throw new Problem('forbidden')
  return { ...found, ...crew }
}
