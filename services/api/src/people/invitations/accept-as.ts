import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import type { AccountRow } from '../accounts/index.ts'
import type { OpenInvitation } from './open-invitation.ts'

/**
 * Uses an invitation up for the account that has its address, whose mail it has shown to read: the address counts as
 * verified. An invitation to the studio gives the place in it; a member who has a place keeps that. What an invitation
 * to an event gives is written by the caller in the same transaction.
 *
 * @param open locked by this transaction (`findByToken`)
 * @throws Problem `invitation_for_another`
 */
export async function acceptAs(
  ctx: Omit<Context, 'db'> & { db: Tx },
  { invitation, studio }: OpenInvitation,
  user: Pick<AccountRow, 'id' | 'email' | 'emailVerifiedAt'>,
): Promise<void> {
  const { db: tx, now } = ctx
  if (invitation.email !== user.email) throw new Problem('invitation_for_another')
  await tx
    .update(studioInvitations)
    .set({ acceptedAt: now(), acceptedBy: user.id })
    .where(eq(studioInvitations.id, invitation.id))
  if (user.emailVerifiedAt === null) await tx.update(users).set({ emailVerifiedAt: now() }).where(eq(users.id, user.id))
  const { role } = invitation
  if (role === null) return
  await tx
    .insert(studioMembers)
    .values({ studioId: studio.id, userId: user.id, role, createdAt: now() })
    .onConflictDoNothing()
  const facts = { invitationId: invitation.id, after: { role } }
  const them = { ...ctx, caller: { userId: user.id } }
  await recordAudit(them, 'member.join', `studio:${studio.id}`, facts)
}
