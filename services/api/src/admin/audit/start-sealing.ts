import type { SealedKind } from '@pix/db/seals/kinds.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'

const MINUTE_MS = 60_000
/** A seal may wait so long for a transaction before somebody must look. */
const LONGEST_WAIT_MS = 30 * MINUTE_MS

/**
 * Seals the audit and the ledger now and every minute. Each root is logged: the log shows later that nothing was
 * removed from the end.
 */
export const startSealing = (deps: Deps): Repeated[] => (['audit', 'ledger'] as const).map(kind => sealing(deps, kind))

function sealing({ db, now, log }: Deps, kind: SealedKind): Repeated {
  const seal = createSealer({ db, now }, kind)
  let settledAt = now()
  const sealOnce = async (): Promise<boolean> => {
    const { made, isSettled, isMore = false } = await seal()
    if (isSettled) settledAt = now()
    if (now().getTime() - settledAt.getTime() > LONGEST_WAIT_MS)
      throw new Error('a transaction has been open for more than half an hour: what was written since cannot be sealed')
    if (made) log.info({ kind, number: made.number, rows: made.positions.length, root: made.root }, 'sealed')
    return isMore
  }
  return repeat(log, `seal_${kind}`, MINUTE_MS, async () => {
    while (await sealOnce());
  })
}
