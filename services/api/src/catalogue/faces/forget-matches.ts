import type { Tx } from '@pix/db/client.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'

/** Deletes where searches found a photo: part of the transaction that takes it down. */
export async function forgetMatches(tx: Tx, photoId: string): Promise<void> {
  await tx.delete(searchMatches).where(eq(searchMatches.photoId, photoId))
}
