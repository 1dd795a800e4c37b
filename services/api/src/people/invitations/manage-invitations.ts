import type { Invitation } from '@pix/contracts/invitations.ts'
import { accountEmail } from '@pix/contracts/email.ts'
import { users } from '@pix/db/schema/auth.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { rolesToGive } from '@pix/domain/standing.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Joining } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { findOwnStudio, inStudio, requireOpenStudio } from '../studios/index.ts'
import { isOpen } from './open-invitation.ts'
import { renewInvitation, toInvitation, writeInvitation } from './write-invitation.ts'

/** Who may look after invitations. A manager looks only after those to a place below their own. */
const INVITERS: readonly StudioRole[] = ['owner', 'manager']

/**
 * Invites somebody to a studio by mail. The answer does not show whether the address has an account. Inviting it again
 * replaces the earlier invitation.
 *
 * @throws Problem `forbidden` for a role that the caller may not give; `already_member`, `studio_closed`
 */
export async function inviteMember(
  ctx: CallerContext,
  studioId: string,
  { email, role, locale }: { email: string; role: StudioRole; locale: 'th' | 'en' },
): Promise<Invitation> {
  const address = accountEmail(email)
  const { row, mailId } = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const { studio, own } = await findOwnStudio(inTx, studioId, INVITERS)
    requireOpenStudio(studio)
    if (!rolesToGive(own).includes(role)) throw new Problem('forbidden')
    // When two invite the same address at once, the later invitation replaces the earlier.
    await tx.select({ id: studios.id }).from(studios).where(eq(studios.id, studioId)).for('no key update')
    const [member] = await tx
      .select({ role: studioMembers.role })
      .from(studioMembers)
      .innerJoin(users, eq(users.id, studioMembers.userId))
      .where(and(eq(studioMembers.studioId, studioId), eq(users.email, address)))
    if (member) throw new Problem('already_member')
    const before = await tx
      .update(studioInvitations)
      .set({ revokedAt: ctx.now() })
      .where(and(ofStudio(studioId), eq(studioInvitations.email, address), isOpen))
      .returning({ role: studioInvitations.role })
    if (before.some(invited => !rolesToGive(own).includes(invited.role!))) throw new Problem('forbidden')
    const written = await writeInvitation(
      inTx,
      { studioId, email: address, role },
      { studio, event: null, as: role, locale },
    )
    const facts = { invitationId: written.row.id, after: { role } }
    await recordAudit(inTx, 'member.invite', `studio:${studioId}`, facts)
    return written
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return toInvitation(row, role)
}

/** @throws Problem `not_found`, `forbidden` or `studio_closed` */
export async function resendInvitation(
  ctx: CallerContext,
  place: { studioId: string; invitationId: string },
  locale: 'th' | 'en',
): Promise<Invitation> {
  const { row, mailId, role } = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const { invitation, role, studio } = await lockManaged(inTx, place)
    requireOpenStudio(studio)
    const renewed = await renewInvitation(inTx, invitation, { studio, event: null, as: role, locale })
    await recordAudit(inTx, 'invitation.send_again', `studio:${place.studioId}`, { invitationId: place.invitationId })
    return { ...renewed, role }
  })
  if (mailId !== null) await sendLetter(ctx, mailId)
  return toInvitation(row, role)
}

/** @throws Problem `not_found` or `forbidden` */
export async function revokeInvitation(
  ctx: CallerContext,
  place: { studioId: string; invitationId: string },
): Promise<void> {
  await inStudio(ctx, place.studioId, INVITERS, async staff => {
    const { invitation } = await lockManaged(staff, place)
    const { id } = invitation
    await staff.db.update(studioInvitations).set({ revokedAt: ctx.now() }).where(eq(studioInvitations.id, id))
    await recordAudit(staff, 'invitation.revoke', `studio:${place.studioId}`, { invitationId: place.invitationId })
  })
}

const ofStudio = (studioId: string) => and(eq(studioInvitations.studioId, studioId), isNotNull(studioInvitations.role))!

/** An open invitation to a place in a studio that the caller may give. */
async function lockManaged(ctx: Joining<CallerContext>, place: { studioId: string; invitationId: string }) {
  const { studio, own } = await findOwnStudio(ctx, place.studioId, INVITERS)
  const [invitation] = await ctx.db
    .select()
    .from(studioInvitations)
    .where(and(ofStudio(place.studioId), eq(studioInvitations.id, place.invitationId), isOpen))
    .for('update')
  if (!invitation?.role) throw notFound()
  if (!rolesToGive(own).includes(invitation.role)) throw new Problem('forbidden')
  return { invitation, role: invitation.role, studio }
}
