import { asSystem } from '@pix/db/tenant.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'
import { deleteFilesOfDeleted } from './delete-account.ts'
import { dropOldDeletions, storeDeletions } from './deletion-log/store-deletions.ts'
import { finishDeletions } from './delete-photo.ts'
import { forgetOldFaces } from './forget-faces.ts'
import { forgetOldRows } from './forget-old-rows.ts'
import { forgetEndedOrders } from './forget-visits.ts'
import { removeEvents } from './remove-events.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/**
 * Starts the sweeps that delete by the times of the privacy notice. Every api runs all of them; it is safe to run one
 * twice.
 */
export function startForgetting(deps: Deps): Repeated[] {
  const every = (ms: number, sweep: string, run: () => Promise<unknown>) => repeat(deps.log, sweep, ms, run)
  const system = asSystem(deps)
  return [
    every(10 * SECOND, 'store_deletions', () => storeDeletions(system)),
    every(60 * MINUTE, 'drop_old_deletions', () => dropOldDeletions(system)),
    every(60 * MINUTE, 'forget_old_rows', () => forgetOldRows(system)),
    every(10 * MINUTE, 'forget_ended_orders', () => forgetEndedOrders(system)),
    every(10 * MINUTE, 'forget_faces', () => forgetOldFaces(system)),
    every(MINUTE, 'remove_events', () => removeEvents(system)),
    every(MINUTE, 'finish_deletions', () => finishDeletions(system)),
    every(10 * MINUTE, 'delete_photos', () => deleteFilesOfDeleted(system)),
  ]
}
