import type { AddressInfo } from 'node:net'
import { createLog } from '@pix/platform/log.ts'
import { serveMetrics } from '@pix/platform/metrics.ts'
import { keepSweepsOn } from '@pix/platform/repeat.ts'
import { openSweepBoard } from '@pix/platform/sweep-board.ts'
import { stopOnSignal } from '@pix/platform/run.ts'
import { readSettings } from '@pix/platform/settings.ts'
import { startSealing } from './admin/audit/index.ts'
import { startWatchingShop } from './admin/dashboard/index.ts'
import { startReports } from './admin/reports/index.ts'
import { buildApp } from './app.ts'
import { openDeps } from './open-deps.ts'
import { printSetupLink } from './print-setup-link.ts'
import { refuseRestored } from './refuse-restored.ts'
import { startSweeps } from './money/payments/index.ts'
import { startForgetting } from './care/privacy/index.ts'
import { startAlertSweeps, startEngineSweeps } from './catalogue/faces/index.ts'
import { startTakingFiles } from './catalogue/photos/index.ts'
import { startReconciling } from './money/reconciliation/index.ts'
import { startMorningLetters, startStatementLetters } from './money/revenue/index.ts'
import { startRefundSweeps } from './money/refunds/index.ts'
import { startTakedownSweeps } from './care/takedowns/index.ts'
import { startKeepingHours } from './shop/statistics/index.ts'
import { Settings } from './settings.ts'
import { warnWithoutMirror } from './warn-without-mirror.ts'

const settings = readSettings(Settings, process.env)
const log = createLog('api', { level: settings.LOG_LEVEL, pretty: false })

const { deps, close } = await openDeps(settings, log, 'thepixstock-api')
await refuseRestored(deps)
const app = await buildApp(deps)
await app.listen({ host: settings.HOST, port: settings.PORT })
const warn = (error: unknown) => log.warn({ err: error }, 'Redis is not reachable')
keepSweepsOn(openSweepBoard(deps, 'api', warn))
const sweeps = [
  ...startSweeps(deps),
  ...startForgetting(deps),
  ...startSealing(deps),
  ...startTakedownSweeps(deps),
  ...startRefundSweeps(deps),
  ...startReconciling(deps),
  ...startStatementLetters(deps),
  ...startMorningLetters(deps),
  ...startEngineSweeps(deps),
  ...startAlertSweeps(deps),
  ...startTakingFiles(deps),
  ...startKeepingHours(deps),
  ...startWatchingShop(deps),
  ...startReports(deps),
]
const metrics = await serveMetrics(settings.HOST, settings.METRICS_PORT)
const { port } = app.server.address() as AddressInfo
log.info({ port, metricsPort: metrics.port }, 'listening')
warnWithoutMirror(settings, log)
await printSetupLink(deps)

stopOnSignal(log, [
  () => app.close(),
  () => Promise.all(sweeps.map(sweep => sweep.stop())),
  () => metrics.close(),
  ...close,
])
