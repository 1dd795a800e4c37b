import { aiProcessing } from './ai-processing.ts'
import { application } from './application.ts'
import { business } from './business.ts'
import { logs } from './logs.ts'
import { systemOverview } from './system-overview.ts'

/** The dashboards, by the name of their file in `monitoring/dashboards`. */
export const DASHBOARDS = {
  'system-overview': systemOverview,
  application,
  business,
  'ai-processing': aiProcessing,
  logs,
}
