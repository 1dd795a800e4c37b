import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, asc, eq, ne } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { isMemberOf, MANAGERS } from '../../people/studios/index.ts'

/**
 * The studio of a new event: the one named, or the only one that the caller manages; a platform admin who names none
 * means the house studio.
 *
 * @throws Problem `invalid_request` where the caller manages no such studio, or several and names none
 */
export async function studioFor(ctx: CallerContext, named: string | undefined): Promise<string> {
  const wanted = named ?? (ctx.caller.isPlatformAdmin ? HOUSE_STUDIO : undefined)
  const managed = isMemberOf(ctx, studios.id, MANAGERS)
  const found = await ctx.db
    .select({ id: studios.id })
    .from(studios)
    .where(and(managed, ne(studios.status, 'closed'), wanted === undefined ? undefined : eq(studios.id, wanted)))
    .orderBy(asc(studios.id))
    .limit(2)
  if (found.length === 1) return found[0]!.id
  const message = found.length > 1 ? 'is needed: you manage several studios' : 'is no studio that you manage'
  throw new Problem('invalid_request', { errors: [{ path: 'body.studioId', message }] })
}
