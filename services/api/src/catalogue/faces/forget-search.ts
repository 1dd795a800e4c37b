import { searches, searchMatches, withdrawnSearches } from '@pix/db/schema/searches.ts'
import { facesKey, probeKey } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { findOwnSearch } from './read-search.ts'

/**
 * Deletes the selfie, every embedding of it, and everything found. The row goes last, so that a failure can be repeated.
 * For a day it is known that the session asked for somebody here (see `limitPeople`), and not for whom.
 */
export async function forgetSearch(deps: Deps, searchId: string, sessionId: string): Promise<void> {
  const { eventId, createdAt } = await findOwnSearch(deps, searchId, sessionId)
  await deps.storage.delete(VANISHING_BUCKET, selfieKey(searchId))
  await deps.redis.del(probeKey(searchId), facesKey(searchId))
  await deps.db.transaction(async tx => {
    await tx.select({ id: searches.id }).from(searches).where(eq(searches.id, searchId)).for('update')
    const surely = and(eq(searchMatches.searchId, searchId), eq(searchMatches.band, 'sure'))
    const foundSomebody = (await tx.$count(searchMatches, surely)) > 0
    const [gone] = await tx.delete(searches).where(eq(searches.id, searchId)).returning({ id: searches.id })
    if (gone && foundSomebody)
      await tx.insert(withdrawnSearches).values({ id: searchId, sessionId, eventId, createdAt })
  })
  await deps.live.publish(`search:${searchId}`)
}
