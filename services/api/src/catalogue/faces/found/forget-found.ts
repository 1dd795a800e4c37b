import { searches } from '@pix/db/schema/searches.ts'
import { and, eq } from 'drizzle-orm'
import { searchedBy } from '../../../base/caller.ts'
import type { BuyerContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { forgetSearch } from '../forget-search.ts'

/**
 * Takes the consents to every search of an event back, those that found nothing too: each is deleted with its selfie and
 * what it found. A search of somebody who asks not to be found is none of these. One that went meanwhile is passed over.
 *
 * @throws Problem `not_found` where this buyer has none there
 */
export async function forgetFound(ctx: BuyerContext, eventId: string): Promise<void> {
  const own = await ctx.db
    .select({ id: searches.id })
    .from(searches)
    .where(and(searchedBy(ctx.buyer, searches), eq(searches.eventId, eventId), eq(searches.forObjection, false)))
  if (own.length === 0) throw notFound()
  for (const { id } of own) await forgetSearch(ctx, id).catch(passOverMissing)
}

function passOverMissing(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'not_found')) throw error
}
