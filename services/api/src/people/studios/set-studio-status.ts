import type { ManagedStudio } from '@pix/contracts/studios.ts'
import { studios } from '@pix/db/schema/studios.ts'
import type { StudioStatus } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { toManaged } from './list-studios.ts'

/**
 * Suspends, closes or opens a studio. The database tells its events: from the commit on they take no photos and sell
 * nothing.
 *
 * @throws Problem `not_found`
 */
export const setStudioStatus = (ctx: CallerContext, studioId: string, status: StudioStatus): Promise<ManagedStudio> =>
  ctx.db.transaction(async tx => {
    const isIt = eq(studios.id, studioId)
    const [before] = await tx.select().from(studios).where(isIt).for('update')
    if (!before) throw notFound()
    if (before.status !== status) {
      await tx.update(studios).set({ status }).where(isIt)
      const facts = { before: { status: before.status }, after: { status } }
      await recordAudit({ ...ctx, db: tx }, 'studio.status', `studio:${studioId}`, facts)
    }
    const own = ctx.caller.memberships.find(each => each.studioId === studioId)
    return toManaged({ ...before, status }, own?.role ?? null)
  })
