import { KEPT as LONGEST } from '@pix/domain/retention.ts'
import { INDEX_PREFIX, SELFIE_PREFIX, UPLOAD_PREFIX } from '@pix/platform/storage-keys.ts'
import { type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How long anything may lie in the bucket for what must vanish (spec/20 "Objects"), less the time a sweep takes. */
const KEPT = [
  { name: 'selfies', prefix: SELFIE_PREFIX, ms: (LONGEST.selfieMinutes - 5) * MINUTE },
  { name: 'uploads', prefix: UPLOAD_PREFIX, ms: (LONGEST.uploadHours - 1) * HOUR },
  // A snapshot may hold faces deleted since: gone within a day, it is made again from the database.
  { name: 'index', prefix: INDEX_PREFIX, ms: (LONGEST.snapshotHours - 1) * HOUR },
] as const

/**
 * Deletes what has lain there too long: the last resort, for what no row in the database points at any more.
 *
 * @returns the age in seconds of the oldest object left, by kind; 0 without any
 */
export async function sweepVanishing(storage: Storage, now: Date): Promise<Record<string, number>> {
  const ages: Record<string, number> = {}
  for (const { name, prefix, ms } of KEPT) {
    let oldest = 0
    const due: string[] = []
    for await (const object of storage.list(VANISHING_BUCKET, prefix)) {
      const age = now.getTime() - object.modifiedAt.getTime()
      if (age > ms) due.push(object.key)
      else oldest = Math.max(oldest, age)
    }
    for (let from = 0; from < due.length; from += 1_000)
      await storage.delete(VANISHING_BUCKET, due.slice(from, from + 1_000))
    ages[name] = oldest / 1_000
  }
  return ages
}
