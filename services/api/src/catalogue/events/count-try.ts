import { hashToken } from '@pix/db/hash-token.ts'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'

const HOUR_S = 3_600

/**
 * Counts a network's try at the code of an event before the code is compared, so that tries at the same time count,
 * too. While nothing can be counted no code is tried.
 *
 * @param name the event's id, or what was asked for where there is no such event
 * @returns a function that takes the try back: a right code is no try
 * @throws Problem `rate_limited` beyond LIMIT_CODE_TRIES_PER_HOUR
 */
export async function countTry(
  { redis, settings, buyer }: Pick<BuyerContext, 'redis' | 'settings' | 'buyer'>,
  name: string,
): Promise<() => Promise<void>> {
  if (redis.status !== 'ready') throw new Problem('unavailable', { retryAfterSeconds: 5 })
  const key = `code-tries:${hashToken(`${buyer.network} ${name}`)}`
  const answers = await redis.multi().set(key, 0, 'EX', HOUR_S, 'NX').incr(key).ttl(key).exec()
  const [, count, ttl] = (answers ?? []).map(([, value]) => Number(value))
  if (count === undefined || ttl === undefined) throw new Problem('unavailable', { retryAfterSeconds: 5 })
  if (count > settings.LIMIT_CODE_TRIES_PER_HOUR) {
    throw new Problem('rate_limited', { retryAfterSeconds: Math.max(1, ttl) })
  }
  return async () => {
    // Where the key has expired meanwhile, this makes a new one, which would never expire.
    if ((await redis.decr(key)) < 0) await redis.del(key)
  }
}
