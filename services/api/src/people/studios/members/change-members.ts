import { constraintOf } from '@pix/db/broken-constraint.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { actForStudio } from '../act-for-studio.ts'
import { inStudio } from '../in-studio.ts'

interface Place {
  studioId: string
  userId: string
}

const isPlace = ({ studioId, userId }: Place) =>
  and(eq(studioMembers.studioId, studioId), eq(studioMembers.userId, userId))!

/**
 * Gives a member another role. The database ends their access tokens, and keeps the last owner.
 *
 * @throws Problem `not_found` or `last_owner`
 */
export async function changeMember(ctx: CallerContext, place: Place, role: StudioRole): Promise<void> {
  await keepingAnOwner(
    inStudio(ctx, place.studioId, ['owner'], async staff => {
      const { db } = staff
      const [before] = await db.select().from(studioMembers).where(isPlace(place)).for('update')
      if (!before) throw notFound()
      if (before.role === role) return
      await db.update(studioMembers).set({ role }).where(isPlace(place))
      const facts = { userId: place.userId, before: { role: before.role }, after: { role } }
      await recordAudit(staff, 'member.role', `studio:${place.studioId}`, facts)
    }),
  )
}

/** @throws Problem `not_found` or `last_owner` */
export async function removeMember(ctx: CallerContext, place: Place): Promise<void> {
  await keepingAnOwner(
    inStudio(ctx, place.studioId, ['owner'], async staff => {
      const { role } = await endMembership(staff, place)
      const facts = { userId: place.userId, before: { role } }
      await recordAudit(staff, 'member.remove', `studio:${place.studioId}`, facts)
    }),
  )
}

/** @throws Problem `not_found` or `last_owner` */
export async function leaveStudio(ctx: CallerContext, studioId: string): Promise<void> {
  const { userId } = ctx.caller
  await keepingAnOwner(
    actForStudio(ctx, studioId, async staff => {
      const { role } = await endMembership(staff, { studioId, userId })
      await recordAudit(staff, 'member.leave', `studio:${studioId}`, { before: { role } })
    }),
  )
}

async function endMembership({ db }: StaffContext, place: Place): Promise<typeof studioMembers.$inferSelect> {
  const [gone] = await db.delete(studioMembers).where(isPlace(place)).returning()
  if (!gone) throw notFound()
  return gone
}

/** The database refuses what would leave a studio without its last owner. @throws Problem `last_owner` then */
export function keepingAnOwner<T>(change: Promise<T>): Promise<T> {
  return change.catch((error: unknown) => {
    throw constraintOf(error) === 'studio_members_last_owner' ? new Problem('last_owner') : error
  })
}
