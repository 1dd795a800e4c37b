import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'

const MINUTE_MS = 60_000
/** A seal may wait so long for a transaction before somebody must look. */
const LONGEST_WAIT_MS = 30 * MINUTE_MS

/**
 * Seals the audit now and every minute. Each root is logged: whoever keeps the log can show later that nothing was taken
 * away at the end.
 */
export function startSealing({ db, now, log }: Deps): Repeated {
  const seal = createSealer({ db, now }, 'audit')
  let settledAt = now()
  return repeat(log, 'seal_audit', MINUTE_MS, async () => {
    const { made, isSettled } = await seal()
    if (isSettled) settledAt = now()
    if (now().getTime() - settledAt.getTime() > LONGEST_WAIT_MS)
      throw new Error('a transaction has been open for more than half an hour: what was written since cannot be sealed')
    if (made) log.info({ kind: made.kind, number: made.number, rows: made.positions.length, root: made.root }, 'sealed')
  })
}
