import type { Log } from './log.ts'
import { refuseStart } from './settings.ts'
import type { Storage } from './storage.ts'

/**
 * What every program does with the storage at its start. Originals have to be encrypted at rest (spec/80): where they are
 * not, a program of production ends with 78 and says why, one of development warns.
 */
export async function prepareStorage(
  storage: Storage,
  { MODE }: { MODE: 'development' | 'production' },
  log: Log,
): Promise<void> {
  const fault = await storage.prepare()
  if (fault === null) return
  if (MODE === 'production') {
    refuseStart(`Photos must be encrypted at rest, and ${fault}. docs/runbooks/storage-encryption.md says what to do.`)
  }
  log.warn({ fault }, 'PHOTOS ARE NOT ENCRYPTED AT REST; production would not start')
}
