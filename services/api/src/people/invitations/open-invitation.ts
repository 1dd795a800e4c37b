import { hashToken } from '@pix/db/hash-token.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { requireOpenStudio, type StudioRow } from '../studios/index.ts'

type InvitationRow = typeof studioInvitations.$inferSelect

export interface OpenInvitation {
  invitation: InvitationRow
  studio: StudioRow
}

/** SQL: nobody has accepted the invitation or taken it back. It may have expired. */
export const isOpen = and(isNull(studioInvitations.acceptedAt), isNull(studioInvitations.revokedAt))!

/**
 * The invitation whose letter brought this token. Inside a transaction `lock` locks its row: when two accept at once,
 * the second finds it used.
 *
 * @throws Problem `link_used_up` for one that was accepted or taken back, has expired or is none of ours;
 *   `studio_closed`
 */
export async function findByToken(ctx: Joining<Context>, token: string, lock = false): Promise<OpenInvitation> {
  const query = ctx.db
    .select({ invitation: studioInvitations, studio: studios })
    .from(studioInvitations)
    .innerJoin(studios, eq(studios.id, studioInvitations.studioId))
    .where(and(eq(studioInvitations.tokenHash, hashToken(token)), isOpen, gt(studioInvitations.expiresAt, ctx.now())))
  const [found] = await (lock ? query.for('update', { of: studioInvitations }) : query)
  if (!found) throw new Problem('link_used_up')
  requireOpenStudio(found.studio)
  return found
}
