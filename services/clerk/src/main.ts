import { createLog } from '@pix/platform/log.ts'
import { serveMetrics } from '@pix/platform/metrics.ts'
import { stopOnSignal } from '@pix/platform/run.ts'
import { readSettings } from '@pix/platform/settings.ts'
import { Settings } from './settings.ts'
import { startClerk } from './start-clerk.ts'

const settings = readSettings(Settings, process.env)
const log = createLog('clerk', { level: settings.LOG_LEVEL, pretty: false })

const stopClerk = await startClerk(settings, log)
const metrics = await serveMetrics(settings.HOST, settings.METRICS_PORT)
log.info({ metricsPort: metrics.port }, 'working')

stopOnSignal(log, [stopClerk, () => metrics.close()])
