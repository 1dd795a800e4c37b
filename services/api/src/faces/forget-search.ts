import { searches } from '@pix/db/schema/searches.ts'
import { facesKey, probeKey } from '@pix/jobs/faces.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { findOwnSearch } from './read-search.ts'

/** Deletes the selfie, every embedding of it, and everything found. The row goes last, so that a failure can be repeated. */
export async function forgetSearch(deps: Deps, searchId: string, sessionId: string): Promise<void> {
  await findOwnSearch(deps, searchId, sessionId)
  await deps.storage.delete(VANISHING_BUCKET, selfieKey(searchId))
  await deps.redis.del(probeKey(searchId), facesKey(searchId))
  await deps.db.delete(searches).where(eq(searches.id, searchId))
  await deps.live.publish(`search:${searchId}`)
}
