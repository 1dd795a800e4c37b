import { searches } from '@pix/db/schema/searches.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'
import { forgetSearches } from '../forget-search.ts'

/**
 * Takes back the consents to every search of an event, also to those that found nothing: each search is deleted with
 * its selfie and what it found. The search of somebody who asks not to be found stays.
 *
 * @throws Problem `not_found` where this buyer has none there
 */
export async function forgetFound(ctx: BuyerContext, eventId: string): Promise<void> {
  const found = and(eq(searches.eventId, eventId), eq(searches.forObjection, false))
  if ((await forgetSearches(ctx, found)) === 0) throw notFound()
}
