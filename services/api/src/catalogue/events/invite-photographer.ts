import { accountEmail } from '@pix/contracts/email.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers } from '@pix/db/schema/events.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { manageEvent } from './visibility.ts'

/** Lets a photographer upload to an event; repeating it changes at most whether they are trusted. */
export async function invitePhotographer(
  ctx: CallerContext,
  eventId: string,
  { email, trusted }: { email: string; trusted?: boolean | undefined },
): Promise<{ photographerId: string; name: string; trusted: boolean }> {
  return manageEvent(ctx, eventId, async staff => {
    const { db: tx, now } = staff
    const [user] = await tx
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.email, accountEmail(email)), isNull(users.suspendedAt)))
    if (!user) throw notFound()
    const isTheirs = and(eq(eventPhotographers.eventId, eventId), eq(eventPhotographers.userId, user.id))
    const [before] = await tx.select().from(eventPhotographers).where(isTheirs).for('update')
    const after = { trusted: trusted ?? before?.trusted ?? false }
    if (before?.trusted !== after.trusted) {
      await tx
        .insert(eventPhotographers)
        .values({ eventId, userId: user.id, createdAt: now(), ...after })
        .onConflictDoUpdate({ target: [eventPhotographers.eventId, eventPhotographers.userId], set: after })
      const facts = { userId: user.id, ...(before && { before: { trusted: before.trusted } }), after }
      await recordAudit(staff, 'event.invite', `event:${eventId}`, facts)
    }
    return { photographerId: user.id, name: user.name, ...after }
  })
}
