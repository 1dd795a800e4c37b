import type { Db } from '@pix/db/client.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import type { Live } from '@pix/platform/live.ts'
import type { Log } from '@pix/platform/log.ts'
import type { connectRedis } from '@pix/platform/redis.ts'
import type { Storage } from '@pix/platform/storage.ts'
import type { PaymentGateways } from './payment-gateway.ts'
import type { Settings } from '../settings.ts'
import type { Storefront } from './storefront.ts'

/** Everything a use case may need, built once in main.ts or testing.ts and handed on as first argument. */
export interface Deps {
  settings: Settings
  db: Db
  enqueue: Enqueue
  storage: Storage
  redis: ReturnType<typeof connectRedis>
  live: Live
  gateways: PaymentGateways
  /** The marketplace: where the service's own work is. A request's is in its context. */
  storefront: Storefront
  now: () => Date
  newId: () => string
  log: Log
}
