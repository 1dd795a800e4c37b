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
import type { Log } from '@pix/platform/log.ts'
import { prepareStorage } from '@pix/platform/prepare-storage.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import type { Deps } from './base/deps.ts'
import { openGateways } from './money/payments/index.ts'
import type { Settings } from './settings.ts'

/** Connects the api, or a command of it, with everything that it needs. */
export async function openDeps(
  settings: Settings,
  log: Log,
  applicationName: string,
): Promise<{ deps: Deps; close: (() => Promise<unknown>)[] }> {
  const warn = (error: unknown) => log.warn({ err: error }, 'Redis is not reachable')
  const db = connect(settings.DATABASE_URL, { max: settings.DATABASE_POOL, applicationName })
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
  const close = [
    async () => live.close(),
    () => enqueue.close(),
    async () => (redis.disconnect(), queueRedis.disconnect()),
    () => db.$client.end(),
  ]
  return { deps, close }
}
