import type { Queryable } from './client.ts'
import type { Deletion } from './deletion.ts'
import { newId } from './ids.ts'
import { deletions } from './schema/deletions.ts'

/** Says what a transaction deletes, as part of it. `npm run reapply-deletions` deletes it again after a restore. */
export async function logDeletions(
  { db, now, studioId = null }: { db: Queryable; now: () => Date; studioId?: string | null },
  deleted: readonly Deletion[],
): Promise<void> {
  if (deleted.length === 0) return
  const at = now()
  await db.insert(deletions).values(deleted.map(what => ({ id: newId(), studioId, what, at })))
}
