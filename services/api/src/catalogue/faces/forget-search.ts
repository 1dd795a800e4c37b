import { logDeletions } from '@pix/db/log-deletions.ts'
import { searches, searchMatches, withdrawnSearches } from '@pix/db/schema/searches.ts'
import { facesKey, liveProbeKey, objectorKey, probeKey } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, type SQL } from 'drizzle-orm'
import { searchedBy } from '../../base/caller.ts'
import { withdrawConsents } from '../../base/consents.ts'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { findOwnSearch } from './read-search.ts'

/**
 * Takes the consent to a search back: deletes the selfie, every embedding of it, and everything found. The row goes last, so that a failure can be repeated.
 * For a day it is known that the session asked for somebody here (see `limitPeople`), and not for whom.
 */
export async function forgetSearch(ctx: BuyerContext, searchId: string): Promise<void> {
  const { eventId, createdAt, consentId, sessionId } = await findOwnSearch(ctx, searchId)
  await ctx.storage.delete(VANISHING_BUCKET, selfieKey(searchId))
  await ctx.redis.del(probeKey(searchId), facesKey(searchId), objectorKey(searchId))
  await ctx.db.transaction(async tx => {
    await tx.select({ id: searches.id }).from(searches).where(eq(searches.id, searchId)).for('update')
    const surely = and(eq(searchMatches.searchId, searchId), eq(searchMatches.band, 'sure'))
    const foundSomebody = (await tx.$count(searchMatches, surely)) > 0
    const [gone] = await tx.delete(searches).where(eq(searches.id, searchId)).returning({ id: searches.id })
    if (!gone) return
    await logDeletions({ ...ctx, db: tx }, [{ kind: 'search', searchId }])
    await withdrawConsents({ ...ctx, db: tx }, [consentId])
    if (foundSomebody) await tx.insert(withdrawnSearches).values({ id: searchId, sessionId, eventId, createdAt })
  })
  // This comes after the row's deletion, so that a worker that was just answering keeps no face of the search.
  await ctx.redis.del(liveProbeKey(searchId))
  await ctx.live.publish(`search:${searchId}`)
}

/**
 * Takes back the consent of every search of this buyer that fits. A search that was deleted meanwhile is passed over.
 *
 * @returns how many there were
 */
export async function forgetSearches(ctx: BuyerContext, which: SQL | undefined): Promise<number> {
  const own = await ctx.db
    .select({ id: searches.id })
    .from(searches)
    .where(and(searchedBy(ctx.buyer, searches), which))
  for (const { id } of own) await forgetSearch(ctx, id).catch(passOverMissing)
  return own.length
}

function passOverMissing(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'not_found')) throw error
}
