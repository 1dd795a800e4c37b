import type { Deps } from '../base/deps.ts'
import { readPause } from '../base/notices.ts'
import { Problem } from '../base/problem.ts'

/** The beginning and the end of a pause hold after this long at the latest, in every process. */
const KEPT_MS = 3_000
/** Maintenance that takes longer than expected is asked about again after so many seconds. */
const LATE_SECONDS = 300

/**
 * Refuses while maintenance goes on that pauses the writes of the public. Writes that follow each other share one look
 * into the database.
 *
 * @returns a function that throws Problem `maintenance`, which says when to try again
 */
export function createPause(deps: Pick<Deps, 'db' | 'now'>) {
  let kept: { until: number; found: Promise<Date | null> } | undefined

  const find = (now: number): Promise<Date | null> => {
    if (kept && now < kept.until) return kept.found
    const found = readPause(deps)
    const own = { until: now + KEPT_MS, found }
    found.catch(() => kept === own && (kept = undefined))
    kept = own
    return found
  }

  return async (): Promise<void> => {
    const now = deps.now().getTime()
    const end = await find(now)
    if (end === null) return
    const left = Math.ceil((end.getTime() - now) / 1_000)
    throw new Problem('maintenance', { retryAfterSeconds: left > 0 ? left : LATE_SECONDS })
  }
}
