import type { CallerContext, Joining } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { inStudio } from '../studios/index.ts'

/**
 * Runs `act` for who manages the keys of a studio, its owner, in the staff transaction; admins manage the platform's.
 *
 * @throws Problem `not_found` for anybody else
 */
export function manageKeys<T>(
  ctx: CallerContext,
  studioId: string | null,
  act: (manager: Joining<CallerContext>) => Promise<T>,
): Promise<T> {
  if (studioId !== null) return inStudio(ctx, studioId, ['owner'], act)
  if (!ctx.caller.isPlatformAdmin) throw notFound()
  return ctx.db.transaction(tx => act({ ...ctx, db: tx }))
}
