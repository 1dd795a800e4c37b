import type { SealedKind } from '@pix/db/seals/kinds.ts'
import { createSealer } from '@pix/db/seals/seal-rows.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'

const MINUTE_MS = 60_000
/** A seal may wait this long for a transaction; after that the sweep fails, and somebody must look. */
const LONGEST_WAIT_MS = 30 * MINUTE_MS

/**
 * Seals the audit and the ledger now and every minute. Each root is logged: the log shows later that nothing was
 * removed from the end.
 */
export const startSealing = (deps: Deps): Repeated[] =>
  (['audit', 'ledger'] as const).map(kind => repeat(deps.log, `seal_${kind}`, MINUTE_MS, createSealing(deps, kind)))

type SealingDeps = Pick<Deps, 'db' | 'now' | 'log'>

/**
 * A run of a sealing sweep: it seals until nothing that is settled is left.
 *
 * @param options.patienceMs how long a run waits for transactions that are under way
 * @throws Error (of a run) once it has waited for the same transaction for half an hour
 */
export function createSealing({ db, now, log }: SealingDeps, kind: SealedKind, options: { patienceMs?: number } = {}) {
  const seal = createSealer({ db, now, ...options }, kind)
  let settledAt = now()
  const sealOnce = async (): Promise<boolean> => {
    const { made, isSettled, isMore = false } = await seal()
    if (isSettled) settledAt = now()
    if (now().getTime() - settledAt.getTime() > LONGEST_WAIT_MS)
      throw new Error('a transaction has been open for more than half an hour: what was written since cannot be sealed')
    if (made) log.info({ kind, number: made.number, rows: made.positions.length, root: made.root }, 'sealed')
    return isMore
  }
  return async (): Promise<void> => {
    while (await sealOnce());
  }
}
