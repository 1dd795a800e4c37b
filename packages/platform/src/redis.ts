import { Redis } from 'ioredis'

const retryStrategy = (attempt: number) => Math.min(attempt * 200, 2_000)

/**
 * `producer` fails fast, so that no request waits for a Redis that is away. `worker` waits for ever, as BullMQ's
 * blocking reads require.
 */
export function connectRedis(url: string, use: 'producer' | 'worker', onError: (error: Error) => void): Redis {
  const redis =
    use === 'worker'
      ? new Redis(url, { retryStrategy, maxRetriesPerRequest: null })
      : new Redis(url, {
          retryStrategy,
          maxRetriesPerRequest: 1,
          enableOfflineQueue: false,
          connectTimeout: 3_000,
          commandTimeout: 3_000,
        })
  redis.on('error', onError)
  return redis
}

/** Resolves once the connection can be used, so that the first request after start does not fail fast. */
export async function redisReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>(resolve => redis.once('ready', () => resolve()))
}
