import type { Db, Tx } from '@pix/db/client.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { and, eq, gt, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'

/**
 * Writes what a comparison of an alert's face found. With a new photo the face is deleted in the same transaction; an api
 * then writes the letter. A worker that is killed has done both or neither. Repeating it changes nothing.
 *
 * @returns whether there was a new photo
 */
export const recordFound = (
  { db, now }: { db: Db; now: () => Date },
  { alertId, revision, photoIds }: { alertId: string; revision: number; photoIds: readonly string[] },
): Promise<boolean> =>
  db.transaction(async tx => {
    const waits = and(eq(eventAlerts.id, alertId), isNull(eventAlerts.foundAt), isNotNull(eventAlerts.email))
    const [alert] = await tx.select().from(eventAlerts).where(waits).for('update')
    if (!alert) return false
    if (!(await hasNews(tx, alert, photoIds))) {
      await tx.update(eventAlerts).set({ seenRevision: revision }).where(eq(eventAlerts.id, alertId))
      return false
    }
    await tx.delete(alertFaces).where(eq(alertFaces.alertId, alertId))
    await tx.update(eventAlerts).set({ foundAt: now() }).where(eq(eventAlerts.id, alertId))
    return true
  })

/**
 * One of the photos is approved, and came after the search: its revision alone does not say so, since it rises when a
 * photo that was there loses a face as well.
 */
async function hasNews(
  tx: Tx,
  { searchId, searchedAt, seenRevision }: typeof eventAlerts.$inferSelect,
  photoIds: readonly string[],
): Promise<boolean> {
  if (photoIds.length === 0) return false
  const shown = tx
    .select({ one: sql`1` })
    .from(searchMatches)
    .where(and(eq(searchMatches.searchId, searchId!), eq(searchMatches.photoId, photos.id)))
  const [news] = await tx
    .select({ id: photos.id })
    .from(photos)
    .where(
      and(
        inArray(photos.id, [...photoIds]),
        eq(photos.approval, 'approved'),
        gt(photos.indexRevision, seenRevision),
        sql`greatest(${photos.decidedAt}, ${photos.processedAt}) > ${searchedAt!.toISOString()}`,
        notExists(shown),
      ),
    )
    .limit(1)
  return news !== undefined
}
