import type { Invited } from '@pix/contracts/invitations.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventInvitations, events } from '@pix/db/schema/events.ts'
import { and, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Context, Joining } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { findByToken, type OpenInvitation } from '../../../people/invitations/index.ts'
import type { EventRow } from '../visibility.ts'

export interface InvitedTo extends OpenInvitation {
  /** What an invitation to an event says; null for one to a studio. */
  crew: (Pick<typeof eventInvitations.$inferSelect, 'role' | 'trusted'> & { event: EventRow }) | null
}

/**
 * What the token of a letter invites to.
 *
 * @throws Problem `link_used_up`, also where the event is gone, or `studio_closed`
 */
export async function findInvitedTo(ctx: Joining<Context>, token: string, lock = false): Promise<InvitedTo> {
  const open = await findByToken(ctx, token, lock)
  if (open.invitation.role !== null) return { ...open, crew: null }
  const [crew] = await ctx.db
    .select({ role: eventInvitations.role, trusted: eventInvitations.trusted, event: events })
    .from(eventInvitations)
    .innerJoin(events, and(eq(events.id, eventInvitations.eventId), isNull(events.removedAt)))
    .where(eq(eventInvitations.invitationId, open.invitation.id))
  if (!crew) throw new Problem('link_used_up')
  return { ...open, crew }
}

/** As the page behind the link shows it. The reader of its letter may know whether their own address has an account. */
export async function describeInvited(
  { db }: Joining<Context>,
  { invitation, studio, crew }: InvitedTo,
): Promise<Invited> {
  const isTheirs = or(isNotNull(users.emailVerifiedAt), isNotNull(users.suspendedAt))
  const accounts = await db.$count(users, and(eq(users.email, invitation.email), isTheirs))
  const { id, slug, nameTh, nameEn } = studio
  return {
    studio: { id, slug, name: { th: nameTh, en: nameEn } },
    event: crew && { id: crew.event.id, slug: crew.event.slug, name: { th: crew.event.nameTh, en: crew.event.nameEn } },
    as: crew?.role ?? invitation.role!,
    email: invitation.email,
    hasAccount: accounts > 0,
    expiresAt: invitation.expiresAt.toISOString(),
  }
}
