import type { Db } from '@pix/db/client.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import { forgetProbes } from './probes.ts'

/** Deletes what a selfie has left behind, and says so in the row. */
export async function forgetSelfie(
  { db, storage, redis, now }: { db: Db; storage: Storage; redis: Redis; now: () => Date },
  searchId: string,
): Promise<void> {
  await storage.delete(VANISHING_BUCKET, selfieKey(searchId))
  await forgetProbes(redis, searchId)
  await db.update(searches).set({ selfieDeletedAt: now() }).where(eq(searches.id, searchId))
}
