import { users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../problem.ts'

/** Lets a photographer upload to an event; repeating it changes nothing. */
export async function invitePhotographer(
  { db, now }: Deps,
  eventId: string,
  email: string,
  admin: Caller,
): Promise<{ photographerId: string; name: string }> {
  return db.transaction(async tx => {
    const [event] = await tx.select({ id: events.id }).from(events).where(eq(events.id, eventId))
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.email, email.toLowerCase()), eq(users.role, 'photographer')))
    if (!event || !user) throw notFound()
    const added = await tx
      .insert(eventPhotographers)
      .values({ eventId, userId: user.id, createdAt: now() })
      .onConflictDoNothing()
      .returning()
    if (added.length > 0) await recordAudit(tx, admin.userId, 'event.invite', `event:${eventId}`, { userId: user.id })
    return { photographerId: user.id, name: user.name }
  })
}
