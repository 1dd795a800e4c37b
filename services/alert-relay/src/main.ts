import { createLog } from '@pix/platform/log.ts'
import { serveMetrics } from '@pix/platform/metrics.ts'
import { stopOnSignal } from '@pix/platform/run.ts'
import { readSettings } from '@pix/platform/settings.ts'
import { buildRelay } from './app.ts'
import { Settings } from './settings.ts'

const settings = readSettings(Settings, process.env)
const log = createLog('alert-relay', { level: settings.LOG_LEVEL, pretty: false })

const app = buildRelay(settings, log)
await app.listen({ host: settings.HOST, port: settings.PORT })
const metrics = await serveMetrics(settings.HOST, settings.METRICS_PORT)
log.info({ metricsPort: metrics.port }, 'listening')

stopOnSignal(log, [() => app.close(), () => metrics.close()])
