import type { Db } from '@pix/db/client.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { selfieKey } from '@pix/platform/storage-keys.ts'
import { type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import { forgetProbes } from './probes.ts'

/** Deletes what a selfie has left behind, and says so in the row. One that stayed on its phone was never in the storage. */
export async function forgetSelfie(
  { db, storage, redis, now }: { db: Db; storage: Storage; redis: Redis; now: () => Date },
  { id, source }: Pick<typeof searches.$inferSelect, 'id' | 'source'>,
): Promise<void> {
  if (source === 'selfie') await storage.delete(VANISHING_BUCKET, selfieKey(id))
  await forgetProbes(redis, id)
  await db.update(searches).set({ selfieDeletedAt: now() }).where(eq(searches.id, id))
}
