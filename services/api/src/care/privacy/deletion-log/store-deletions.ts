import { LoggedDeletion } from '@pix/db/deletion.ts'
import { deletions } from '@pix/db/schema/deletions.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { deletionKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { asc, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'

/** Rows at a time. */
const PIECE = 200
const DAY_MS = 86_400_000
/** A row outlives its object, so that no object that is looked at ever lacks a row that was only too old. */
const ROWS_LONGER_DAYS = 1

type LogContext = Pick<Context, 'db' | 'storage' | 'now'>

/**
 * Stores the rows of the deletion log that are not stored yet, each as an object beside the photos: there it outlives the
 * database. A row that a killed run stored is stored again, which changes nothing.
 */
export async function storeDeletions({ db, storage, now }: LogContext): Promise<void> {
  for (;;) {
    const rows = await db
      .select()
      .from(deletions)
      .where(isNull(deletions.storedAt))
      .orderBy(asc(deletions.at))
      .limit(PIECE)
    for (const { id, at, what } of rows) {
      const logged: LoggedDeletion = { id, at: at.toISOString(), what }
      const body = Buffer.from(JSON.stringify(LoggedDeletion.parse(logged)))
      await storage.put(MAIN_BUCKET, deletionKey(id), body, { contentType: 'application/json' })
      await db.update(deletions).set({ storedAt: now() }).where(eq(deletions.id, id))
    }
    if (rows.length < PIECE) return
  }
}

/** Deletes what is older than any backup of the database: first the objects, then the rows. */
export async function dropOldDeletions({ db, storage, now }: LogContext): Promise<void> {
  const before = new Date(now().getTime() - (KEPT.deletionLogDays + ROWS_LONGER_DAYS) * DAY_MS)
  for (;;) {
    const old = await db.select({ id: deletions.id }).from(deletions).where(lt(deletions.at, before)).limit(PIECE)
    if (old.length === 0) return
    const ids = old.map(({ id }) => id)
    await storage.delete(MAIN_BUCKET, ids.map(deletionKey))
    await db.delete(deletions).where(inArray(deletions.id, ids))
  }
}
