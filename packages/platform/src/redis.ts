import { Redis } from 'ioredis'
import { type Breaker, createBreaker } from './breaker.ts'

const retryStrategy = (attempt: number) => Math.min(attempt * 200, 2_000)
/** What a request waits for Redis at the most. */
const COMMAND_MS = 400

/** Redis kept silent, or is known to. Its `code` lets a caller answer for it. */
export class RedisAway extends Error {
  readonly code = 'REDIS_AWAY'

  constructor(command: string) {
    super(`Redis did not answer ${command}`)
    this.name = 'RedisAway'
  }
}

/**
 * `producer` fails fast, so that no request waits for a Redis that is away or frozen. `worker` waits for ever, as
 * BullMQ's blocking reads require.
 *
 * @param breaker shared by all producers of a process: what one of them finds silent the others don't wait for
 */
export function connectRedis(
  url: string,
  use: 'producer' | 'worker',
  onError: (error: Error) => void,
  breaker: Breaker = createBreaker(),
): Redis {
  const redis =
    use === 'worker'
      ? new Redis(url, { retryStrategy, maxRetriesPerRequest: null })
      : new Redis(url, { retryStrategy, maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 3_000 })
  if (use === 'producer') limitCommands(redis, breaker)
  redis.on('error', onError)
  return redis
}

type SendCommand = Redis['sendCommand']
type Command = Parameters<SendCommand>[0]

/** Every command is answered within {@link COMMAND_MS}; what belongs to connecting has `connectTimeout`. */
function limitCommands(redis: Redis, breaker: Breaker): void {
  const send: SendCommand = redis.sendCommand.bind(redis)
  redis.sendCommand = (command, stream) => {
    if (redis.status !== 'ready') return send(command, stream)
    // A pipeline is written as a whole, so its commands are not turned back one by one.
    if (!stream && !breaker.allows()) {
      command.reject(new RedisAway(command.name))
      return command.promise
    }
    limit(command, breaker)
    return send(command, stream)
  }
}

function limit(command: Command, breaker: Breaker): void {
  let isSettled = false
  const giveUp = () => {
    if (isSettled) return
    breaker.silent()
    command.reject(new RedisAway(command.name))
  }
  // After a stall of this process its answers are read first: timers come before the sockets.
  const timer = setTimeout(() => setImmediate(giveUp), COMMAND_MS)
  const settle = () => {
    isSettled = true
    clearTimeout(timer)
  }
  command.promise.then(
    () => {
      settle()
      breaker.answered()
    },
    (error: unknown) => {
      settle()
      if (!(error instanceof RedisAway)) breaker.answered()
    },
  )
}

/** Resolves once the connection can be used, so that the first request after start does not fail fast. */
export async function redisReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>(resolve => redis.once('ready', () => resolve()))
}
