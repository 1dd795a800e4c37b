import { asSystem } from '@pix/db/tenant.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'
import { writeReports } from './write-reports.ts'

const ROUND_MS = 10 * 60_000

/** Writes each report once its day, week or month is over. */
export const startReports = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'write_daily_reports', ROUND_MS, () => writeReports(asSystem(deps), 'daily')),
  repeat(deps.log, 'write_weekly_reports', ROUND_MS, () => writeReports(asSystem(deps), 'weekly')),
  repeat(deps.log, 'write_monthly_reports', ROUND_MS, () => writeReports(asSystem(deps), 'monthly')),
]
