import { photos } from '@pix/db/schema/photos.ts'
import { photoKeys } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

/** Deletes a photo's original and all pictures made of it. Signed links to them end with that. May be repeated. */
export async function deleteFiles({ db, storage }: Pick<Context, 'db' | 'storage'>, photoId: string): Promise<void> {
  const [photo] = await db
    .select({ id: photos.id, eventId: photos.eventId, format: photos.format })
    .from(photos)
    .where(eq(photos.id, photoId))
  if (photo) await storage.delete(MAIN_BUCKET, photoKeys(photo))
}
