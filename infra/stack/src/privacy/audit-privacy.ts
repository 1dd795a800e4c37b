import type { Db } from '@pix/db/client.ts'
import type { Storage } from '@pix/platform/storage.ts'
import type { Redis } from 'ioredis'
import { lookIntoLogs } from './look-into-logs.ts'
import { lookIntoObjects } from './look-into-objects.ts'
import { lookIntoPostgres } from './look-into-postgres.ts'
import { lookIntoRedis } from './look-into-redis.ts'
import type { Findings } from './report.ts'

interface Stores {
  db: Db
  redis: Redis
  storage: Storage
  /** Folders of logs. */
  logs: readonly string[]
  now: Date
  /** The setting FACES_KEPT_DAYS. */
  facesDays: number
  /** The setting LETTERS_KEPT_DAYS. */
  lettersDays: number
}

export interface PrivacyReport extends Findings {
  at: string
  /** Nothing is overdue and nothing is unknown. */
  passed: boolean
}

/** Looks for biometric data in every store of the product, and for letters, and at how old they are. It changes nothing. */
export async function auditPrivacy({ db, redis, storage, logs, now, ...days }: Stores): Promise<PrivacyReport> {
  const parts = [
    await lookIntoPostgres(db, { now, ...days }),
    await lookIntoRedis(redis, now),
    await lookIntoObjects(storage, db, now),
    await lookIntoLogs(logs),
  ]
  const kinds = parts.flatMap(part => part.kinds)
  const faults = parts.flatMap(part => part.faults)
  return {
    at: now.toISOString(),
    passed: faults.length === 0 && kinds.every(({ overdue }) => overdue === 0),
    kinds,
    faults,
  }
}
