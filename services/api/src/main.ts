import type { AddressInfo } from 'node:net'
import { connect } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { groupFaces, readSelfies, searchFaces } from '@pix/jobs/faces.ts'
import { createEnqueue } from '@pix/jobs/job.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { makeBoughtPreview, processPhoto } from '@pix/jobs/photos.ts'
import { readSlip } from '@pix/jobs/slips.ts'
import { drawStatement } from '@pix/jobs/statements.ts'
import { readLogo } from '@pix/jobs/studios.ts'
import { createBreaker } from '@pix/platform/breaker.ts'
import { createLive } from '@pix/platform/live.ts'
import { createLog } from '@pix/platform/log.ts'
import { serveMetrics } from '@pix/platform/metrics.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { keepSweepsOn } from '@pix/platform/repeat.ts'
import { openSweepBoard } from '@pix/platform/sweep-board.ts'
import { stopOnSignal } from '@pix/platform/run.ts'
import { readSettings } from '@pix/platform/settings.ts'
import { prepareStorage } from '@pix/platform/prepare-storage.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { startSealing } from './admin/audit/index.ts'
import { buildApp } from './app.ts'
import type { Deps } from './base/deps.ts'
import { printSetupLink } from './print-setup-link.ts'
import { openGateways, startSweeps } from './money/payments/index.ts'
import { startForgetting } from './care/privacy/index.ts'
import { startEngineSweeps } from './catalogue/faces/index.ts'
import { startReconciling } from './money/reconciliation/index.ts'
import { startStatementLetters } from './money/revenue/index.ts'
import { startRefundSweeps } from './money/refunds/index.ts'
import { startTakedownSweeps } from './care/takedowns/index.ts'
import { startKeepingHours } from './shop/statistics/index.ts'
import { Settings } from './settings.ts'

const settings = readSettings(Settings, process.env)
const log = createLog('api', { level: settings.LOG_LEVEL, pretty: false })
const warn = (error: unknown) => log.warn({ err: error }, 'Redis is not reachable')

const db = connect(settings.DATABASE_URL, { max: settings.DATABASE_POOL, applicationName: 'thepixstock-api' })
const breaker = createBreaker()
const redis = connectRedis(settings.REDIS_URL, 'producer', warn, breaker)
const queueRedis = connectRedis(settings.REDIS_URL, 'producer', warn, breaker)
const live = createLive(redis, warn)
const notEnqueued = (error: unknown) => log.warn({ err: error }, 'a job was not enqueued; the sweep will do it')
const enqueue = createEnqueue(queueRedis, notEnqueued, [
  processPhoto,
  readSelfies,
  searchFaces,
  groupFaces,
  buildArchive,
  makeBoughtPreview,
  sendMail,
  readLogo,
  drawStatement,
  readSlip,
])
const storage = openStorage(settings)
await Promise.all([redisReady(redis), redisReady(queueRedis), prepareStorage(storage, settings, log)])

const deps: Deps = {
  settings,
  db,
  enqueue,
  storage,
  redis,
  live,
  gateways: openGateways(settings),
  storefront: { origin: settings.PUBLIC_ORIGIN, studio: null },
  now: () => new Date(),
  newId,
  log,
}
const app = await buildApp(deps)
await app.listen({ host: settings.HOST, port: settings.PORT })
keepSweepsOn(openSweepBoard({ redis, live }, 'api', warn))
const sweeps = [
  ...startSweeps(deps),
  ...startForgetting(deps),
  ...startSealing(deps),
  ...startTakedownSweeps(deps),
  ...startRefundSweeps(deps),
  ...startReconciling(deps),
  ...startStatementLetters(deps),
  ...startEngineSweeps(deps),
  ...startKeepingHours(deps),
]
const metrics = await serveMetrics(settings.HOST, settings.METRICS_PORT)
const { port } = app.server.address() as AddressInfo
log.info({ port, metricsPort: metrics.port }, 'listening')
await printSetupLink(deps)

stopOnSignal(log, [
  () => app.close(),
  () => Promise.all(sweeps.map(sweep => sweep.stop())),
  () => metrics.close(),
  async () => live.close(),
  () => enqueue.close(),
  async () => (redis.disconnect(), queueRedis.disconnect()),
  () => db.$client.end(),
])
