import { LoggedDeletion } from '@pix/db/deletion.ts'
import { deletions } from '@pix/db/schema/deletions.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { DELETION_PREFIX, deletionKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { inArray } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'

/** Ids that are looked for at a time. */
const PIECE = 1_000
const DAY_MS = 86_400_000

/** A key of the log; the id begins with its time, 48 bits of Unix milliseconds. */
const KEY = new RegExp(`^${DELETION_PREFIX}(([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\\.json$`)

/**
 * Finds what the log in storage has and the database has not: a row is written with its deletion and stored after that, so
 * the database is from before those deletions. Objects that outlived their time, such as those of a mirror, do not count.
 *
 * @returns ids of the log, oldest first
 */
export async function lackingDeletions({
  db,
  storage,
  now,
}: Pick<Context, 'db' | 'storage' | 'now'>): Promise<string[]> {
  const oldest = now().getTime() - KEPT.deletionLogDays * DAY_MS
  const stored: string[] = []
  for await (const { key } of storage.list(MAIN_BUCKET, DELETION_PREFIX)) {
    const [, id, high, low] = KEY.exec(key) ?? []
    if (id !== undefined && Number.parseInt(`${high}${low}`, 16) >= oldest) stored.push(id)
  }
  stored.sort()
  const known = new Set<string>()
  for (let from = 0; from < stored.length; from += PIECE) {
    const some = stored.slice(from, from + PIECE)
    const rows = await db.select({ id: deletions.id }).from(deletions).where(inArray(deletions.id, some))
    for (const { id } of rows) known.add(id)
  }
  return stored.filter(id => !known.has(id))
}

/** Reads an object of the log. @throws Error that names the object, where it is not as it was written */
export async function readLogged({ storage }: Pick<Context, 'storage'>, id: string): Promise<LoggedDeletion> {
  const key = deletionKey(id)
  const bytes = await readWhole(storage, MAIN_BUCKET, key)
  try {
    return LoggedDeletion.parse(JSON.parse(String(bytes)))
  } catch (error) {
    throw new Error(`the object ${key} of the deletion log cannot be read`, { cause: error })
  }
}
