import type { ManagedStudio } from '@pix/contracts/studios.ts'
import type { Tx } from '@pix/db/client.ts'
import { studios } from '@pix/db/schema/studios.ts'
import type { StudioStatus } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import type { StudioRow } from './find-own-studio.ts'
import { toManaged } from './list-studios.ts'

/**
 * Suspends, closes or opens a studio. A trigger passes the status on to its events: from the commit on they take no
 * photos and sell nothing.
 *
 * @throws Problem `not_found`
 */
export const setStudioStatus = (ctx: CallerContext, studioId: string, status: StudioStatus): Promise<ManagedStudio> =>
  ctx.db.transaction(tx => changeStatus({ ...ctx, db: tx }, studioId, status))

/**
 * The same inside its caller's transaction.
 *
 * @param check may refuse by what the studio is now; its row is locked
 * @throws Problem `not_found`
 */
export async function changeStatus(
  ctx: Omit<CallerContext, 'db'> & { db: Tx },
  studioId: string,
  status: StudioStatus,
  check: (before: StudioRow) => void = () => undefined,
): Promise<ManagedStudio> {
  const isIt = eq(studios.id, studioId)
  const [before] = await ctx.db.select().from(studios).where(isIt).for('update')
  if (!before) throw notFound()
  check(before)
  if (before.status !== status) {
    await ctx.db.update(studios).set({ status }).where(isIt)
    const facts = { before: { status: before.status }, after: { status } }
    await recordAudit(ctx, 'studio.status', `studio:${studioId}`, facts)
  }
  const own = ctx.caller.memberships.find(each => each.studioId === studioId)
  return toManaged({ ...before, status }, own?.role ?? null)
}
