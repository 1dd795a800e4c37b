import { z } from 'zod'

/** What a worker registers: the face engines whose weights it has, the one for new events first. */
export const FaceWorker = z.object({ name: z.string(), engines: z.array(z.string()), wanted: z.string() })
export type FaceWorker = z.infer<typeof FaceWorker>

/** The part of a Redis client that is needed here. */
interface Evaluates {
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>
}

const KEY = 'face:workers'
/** A worker that has not registered again for so long is gone. */
const SECONDS = 30
export const REGISTER_MS = 10_000

/** By Redis's clock: machines differ. */
const REGISTER = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])`
const THERE = `return redis.call('ZRANGEBYSCORE', KEYS[1], redis.call('TIME')[1], '+inf')`
const LEAVE = `return redis.call('ZREM', KEYS[1], ARGV[1])`

/** To be repeated every `REGISTER_MS`. */
export const registerFaceWorker = (redis: Evaluates, worker: FaceWorker) =>
  redis.eval(REGISTER, 1, KEY, JSON.stringify(worker), SECONDS)

export const leaveFaceWorkers = (redis: Evaluates, worker: FaceWorker) =>
  redis.eval(LEAVE, 1, KEY, JSON.stringify(worker))

/** The workers that are there now. Throws when Redis is away. */
export async function faceWorkers(redis: Evaluates): Promise<FaceWorker[]> {
  const registered = z.array(z.string()).parse(await redis.eval(THERE, 1, KEY))
  return registered.map(text => FaceWorker.parse(JSON.parse(text)))
}
