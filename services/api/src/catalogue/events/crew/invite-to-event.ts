import type { inviteToEvent as contract } from '@pix/contracts/crew.ts'
import { accountEmail } from '@pix/contracts/email.ts'
import type { Invitation } from '@pix/contracts/invitations.ts'
import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventInvitations, eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { isOpen, toInvitation, writeInvitation } from '../../../people/invitations/index.ts'
import { requireOpenStudio } from '../../../people/studios/index.ts'
import type { EventRow } from '../visibility.ts'
import { findCrewEvent } from './find-crew-event.ts'

type InvitationRequest = z.output<typeof contract.schema.body>

/**
 * Invites a photographer or the organizer to an event by mail. The answer does not show whether the address has an
 * account. Inviting it again replaces the earlier invitation. A photographer whom an organizer invites is not trusted.
 *
 * @throws Problem `not_found`, `forbidden`, `already_member`, `organizer_taken` or `studio_closed`
 */
export async function inviteToEvent(
  ctx: CallerContext,
  eventId: string,
  request: InvitationRequest,
): Promise<Invitation> {
  const { as, locale } = request
  const email = accountEmail(request.email)
  const { row, mailId } = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const { event, studio, isManager, mayInvite } = await findCrewEvent(inTx, eventId)
    requireOpenStudio(studio)
    const trusted = as === 'photographer' && request.trusted
    if (!mayInvite.includes(as) || (trusted && !isManager)) throw new Problem('forbidden')
    await (as === 'organizer' ? refuseOtherOrganizer(tx, event, email) : refusePresent(tx, eventId, email))
    await revokeEarlier(inTx, { eventId, email, as })
    const letter = { studio, event: { th: event.nameTh, en: event.nameEn }, as, locale }
    const written = await writeInvitation(inTx, { studioId: studio.id, email, role: null }, letter)
    const invitationId = written.row.id
    await tx.insert(eventInvitations).values({ invitationId, studioId: studio.id, eventId, role: as, trusted })
    const facts = { invitationId, after: { as, trusted } }
    await recordAudit(inTx, 'event.invite', `event:${eventId}`, facts)
    return written
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return toInvitation(row, as)
}

async function refusePresent(tx: Tx, eventId: string, email: string): Promise<void> {
  const [present] = await tx
    .select({ id: users.id })
    .from(eventPhotographers)
    .innerJoin(users, eq(users.id, eventPhotographers.userId))
    .where(and(eq(eventPhotographers.eventId, eventId), eq(users.email, email)))
  if (present) throw new Problem('already_member')
}

/**
 * An event has one organizer, who gets a share of its sales. An organizer without an account does not count: an
 * invitation may give it one.
 */
async function refuseOtherOrganizer(tx: Tx, { organizerId }: EventRow, email: string): Promise<void> {
  if (organizerId === null) return
  const [present] = await tx
    .select({ email: users.email })
    .from(organizers)
    .innerJoin(users, eq(users.id, organizers.userId))
    .where(eq(organizers.id, organizerId))
  if (present) throw new Problem(present.email === email ? 'already_member' : 'organizer_taken')
}

async function revokeEarlier(
  { db, now }: Omit<CallerContext, 'db'> & { db: Tx },
  { eventId, email, as }: { eventId: string; email: string; as: InvitationRequest['as'] },
): Promise<void> {
  const toIt = db
    .select({ id: eventInvitations.invitationId })
    .from(eventInvitations)
    .where(and(eq(eventInvitations.eventId, eventId), eq(eventInvitations.role, as)))
  await db
    .update(studioInvitations)
    .set({ revokedAt: now() })
    .where(and(eq(studioInvitations.email, email), isOpen, inArray(studioInvitations.id, toIt)))
}
