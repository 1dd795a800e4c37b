import type { Tx } from '@pix/db/client.ts'
import { eventPhotographers, events, organizers } from '@pix/db/schema/events.ts'
import { and, asc, eq, ne } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import type { InvitedTo } from './invited-to.ts'

type InTx = Omit<Context, 'db'> & { db: Tx }
interface Person {
  id: string
  name: string
}

/**
 * Puts somebody on the event that an invitation is to; one who is on it already stays as they are.
 *
 * @throws Problem `organizer_taken`
 */
export async function joinEvent(
  ctx: InTx,
  { invitation }: InvitedTo,
  { event, role, trusted }: NonNullable<InvitedTo['crew']>,
  user: Person,
): Promise<void> {
  const { db: tx, now } = ctx
  if (role === 'organizer') await becomeOrganizer(ctx, event.id, user)
  else
    await tx
      .insert(eventPhotographers)
      .values({ eventId: event.id, userId: user.id, trusted, createdAt: now() })
      .onConflictDoNothing()
  const facts = { invitationId: invitation.id, userId: user.id, after: { as: role, trusted } }
  const them = { ...ctx, caller: { userId: user.id } }
  await recordAudit(them, 'event.join', `event:${event.id}`, facts)
}

/**
 * Makes somebody the event's organizer, who gets a share of its sales. Where the studio has named an organizer without an
 * account, they speak for it from now on; unless another studio's events name it, too.
 */
async function becomeOrganizer(ctx: InTx, eventId: string, user: Person): Promise<void> {
  const { db: tx } = ctx
  const [event] = await tx.select().from(events).where(eq(events.id, eventId)).for('update')
  const { organizerId, studioId } = event!
  if (organizerId === null) {
    await tx
      .update(events)
      .set({ organizerId: await organizerOf(ctx, user) })
      .where(eq(events.id, eventId))
    return
  }
  const [present] = await tx.select().from(organizers).where(eq(organizers.id, organizerId)).for('update')
  if (present?.userId === user.id) return
  const elsewhere = await tx.$count(events, and(eq(events.organizerId, organizerId), ne(events.studioId, studioId)))
  if (present?.userId !== null || elsewhere > 0) throw new Problem('organizer_taken')
  await tx.update(organizers).set({ userId: user.id }).where(eq(organizers.id, organizerId))
}

/** The organizer for whom this account speaks; a new one is made where there is none. */
async function organizerOf({ db: tx, newId, now }: InTx, { id: userId, name }: Person): Promise<string> {
  const [known] = await tx
    .select({ id: organizers.id })
    .from(organizers)
    .where(eq(organizers.userId, userId))
    .orderBy(asc(organizers.createdAt), asc(organizers.id))
    .limit(1)
  if (known) return known.id
  const id = newId()
  await tx.insert(organizers).values({ id, name, userId, createdAt: now() })
  return id
}
