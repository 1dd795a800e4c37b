import { refuseStart } from '@pix/platform/settings.ts'
import type { Deps } from './base/deps.ts'
import { lackingDeletions } from './care/privacy/index.ts'

/**
 * Ends the process with 78 where the deletion log in storage has what the database has not: it was restored from a backup, and
 * what persons had deleted since would be there again.
 */
export async function refuseRestored(deps: Deps): Promise<void> {
  const lacking = await lackingDeletions(deps)
  if (lacking.length === 0) return
  refuseStart(
    `The database was restored from before ${lacking.length} deletions that persons asked for. Run "npm run reapply-deletions" ` +
      'before the api serves; docs/guides/backup-and-recovery.md says how.',
  )
}
