import { asSystem } from '@pix/db/tenant.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../../base/deps.ts'
import { endFaceAlerts } from './end-face-alerts.ts'
import { writeFoundLetters } from './write-found-letters.ts'

const SECOND = 1_000

/** Starts the sweeps of alerts for new photos of one person. Every api runs them; it is safe to run one twice. */
export function startAlertSweeps(deps: Deps): Repeated[] {
  const ctx = asSystem(deps)
  return [
    repeat(deps.log, 'found_letters', 5 * SECOND, () => writeFoundLetters(ctx)),
    repeat(deps.log, 'end_face_alerts', 60 * SECOND, () => endFaceAlerts(ctx)),
  ]
}
