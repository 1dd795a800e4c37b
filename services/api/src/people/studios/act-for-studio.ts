import { withStudio } from '@pix/db/tenant.ts'
import type { SQL } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'

/**
 * Runs `act` in a studio's staff transaction. Nothing but PostgreSQL is waited for in it: Redis, storage and jobs come after
 * the commit.
 *
 * @param studioId of the resource, or the SQL that finds it. Whether the caller may is a condition of it, or is asked first
 *   in `act`
 * @throws Problem `not_found` where it finds none
 */
export const actForStudio = <T>(
  ctx: CallerContext,
  studioId: string | SQL,
  act: (staff: StaffContext) => Promise<T>,
): Promise<T> =>
  withStudio(ctx.db, studioId, (db, found) => {
    const { key } = ctx.caller
    // A studio's key opens that studio alone, whatever else its maker may.
    if (found === null || (key && key.studioId !== null && key.studioId !== found)) throw notFound()
    return act({ ...ctx, db, studioId: found })
  })
