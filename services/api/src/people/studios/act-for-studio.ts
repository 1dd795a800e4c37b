import { withStudio } from '@pix/db/tenant.ts'
import type { CallerContext, StaffContext } from '../../base/context.ts'

/**
 * Runs `act` in a studio's staff transaction. What is asked for first in it is whether the caller may: `manageEvent` and
 * `inStudio` do so. Nothing but PostgreSQL is waited for in it: Redis, storage and jobs come after the commit.
 */
export const actForStudio = <T>(
  ctx: CallerContext,
  studioId: string,
  act: (staff: StaffContext) => Promise<T>,
): Promise<T> => withStudio(ctx.db, studioId, db => act({ ...ctx, db, studioId }))
