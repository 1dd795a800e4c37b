import type { Tx } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { asc, inArray } from 'drizzle-orm'

/**
 * Whether one of the photos was taken down. None of them can be taken down before the transaction ends; a later
 * takedown takes back what this transaction sells.
 */
export async function anyTakenDown(tx: Tx, photoIds: readonly string[]): Promise<boolean> {
  if (photoIds.length === 0) return false
  const rows = await tx
    .select({ takenDownAt: photos.takenDownAt })
    .from(photos)
    .where(inArray(photos.id, [...photoIds]))
    .orderBy(asc(photos.id))
    .for('share')
  return rows.some(({ takenDownAt }) => takenDownAt !== null)
}
