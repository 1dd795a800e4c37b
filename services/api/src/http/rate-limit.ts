import rateLimit from '@fastify/rate-limit'
import type { LimitName } from '@pix/contracts/contract.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import type { Settings } from '../settings.ts'
import { tokenUserOf } from './access.ts'
import { sessionToken } from './cookies.ts'
import { networkOf } from './network-of.ts'
import { factsOf } from './route-facts.ts'
import { serviceKeyOf } from './service-keys.ts'

interface Bucket {
  perIdentity: number
  perIp: number
  windowMs: number
}

const MINUTE = 60_000

/** The buckets of spec/10. A stadium shares one address, hence the generous ceilings per address. */
function bucketsOf(s: Settings): Record<Exclude<LimitName, 'free'>, Bucket> {
  const perIp = s.LIMIT_IP_REQUESTS_PER_MINUTE
  return {
    default: { perIdentity: s.LIMIT_REQUESTS_PER_MINUTE, perIp, windowMs: MINUTE },
    search: { perIdentity: s.LIMIT_SEARCHES_PER_MINUTE, perIp: s.LIMIT_IP_SEARCHES_PER_MINUTE, windowMs: MINUTE },
    login: { perIdentity: s.LIMIT_REQUESTS_PER_MINUTE, perIp: s.LIMIT_IP_LOGINS_PER_MINUTE, windowMs: MINUTE },
    upload: { perIdentity: s.LIMIT_UPLOADS_PER_HOUR, perIp: s.LIMIT_UPLOADS_PER_HOUR * 10, windowMs: 60 * MINUTE },
    batch: {
      perIdentity: s.LIMIT_UPLOAD_BATCHES_PER_HOUR,
      perIp: s.LIMIT_UPLOAD_BATCHES_PER_HOUR * 10,
      windowMs: 60 * MINUTE,
    },
    chunk: { perIdentity: s.LIMIT_CHUNKS_PER_MINUTE, perIp: s.LIMIT_IP_CHUNKS_PER_MINUTE, windowMs: MINUTE },
    webhook: { perIdentity: s.LIMIT_IP_WEBHOOKS_PER_MINUTE, perIp: s.LIMIT_IP_WEBHOOKS_PER_MINUTE, windowMs: MINUTE },
    payment: { perIdentity: s.LIMIT_PAYMENTS_PER_HOUR, perIp: s.LIMIT_IP_PAYMENTS_PER_HOUR, windowMs: 60 * MINUTE },
    coupon: { perIdentity: s.LIMIT_COUPONS_PER_HOUR, perIp: s.LIMIT_IP_COUPONS_PER_HOUR, windowMs: 60 * MINUTE },
    takedown: { perIdentity: s.LIMIT_TAKEDOWNS_PER_HOUR, perIp: s.LIMIT_IP_TAKEDOWNS_PER_HOUR, windowMs: 60 * MINUTE },
    slip: { perIdentity: s.LIMIT_SLIPS_PER_HOUR, perIp: s.LIMIT_IP_SLIPS_PER_HOUR, windowMs: 60 * MINUTE },
    invitation: {
      perIdentity: s.LIMIT_INVITATIONS_PER_HOUR,
      perIp: s.LIMIT_INVITATIONS_PER_HOUR * 10,
      windowMs: 60 * MINUTE,
    },
    poster: { perIdentity: s.LIMIT_POSTERS_PER_HOUR, perIp: s.LIMIT_POSTERS_PER_HOUR * 10, windowMs: 60 * MINUTE },
    media: { perIdentity: s.LIMIT_MEDIA_PER_MINUTE, perIp: s.LIMIT_IP_MEDIA_PER_MINUTE, windowMs: MINUTE },
  }
}

type Counted = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>
type Count = (request: FastifyRequest) => Promise<Counted>

/** Counts a request against its bucket, in Redis. With Redis away nothing is counted and nothing fails. */
export type Limiter = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

export async function createLimiter(app: FastifyInstance, { redis, settings }: Deps): Promise<Limiter> {
  await app.register(rateLimit, { global: false, redis, nameSpace: 'limit:', skipOnError: true })
  const counters = Object.entries(bucketsOf(settings)).map(([name, bucket]) => {
    const count = (who: 'id' | 'ip', max: number, key: (request: FastifyRequest) => string): Count =>
      app.createRateLimit({
        max,
        timeWindow: bucket.windowMs,
        keyGenerator: request => `${name}:${who}:${key(request)}`,
      })
    const counter = {
      identity: count('id', bucket.perIdentity, request => identityOf(request) ?? ''),
      ip: count('ip', bucket.perIp, networkOf),
    }
    return [name, counter] as const
  })
  const byName = new Map<string, { identity: Count; ip: Count }>(counters)

  return async (request, reply) => {
    const counter = byName.get(factsOf(request).limit)
    if (!counter || redis.status !== 'ready') return
    const counts = await Promise.all([
      counter.ip(request),
      identityOf(request) === null ? undefined : counter.identity(request),
    ])
    for (const counted of counts) if (counted && !counted.isAllowed) applyLimit(reply, counted)
  }
}

/** Counts by a key that only the body has. With Redis away nothing is refused. @throws Problem `rate_limited` */
export function refuseBeyond(
  app: FastifyInstance,
  { redis }: Deps,
  {
    name,
    max,
    windowMs,
    key,
  }: { name: string; max: number; windowMs: number; key: (request: FastifyRequest) => Promise<string> },
): Limiter {
  const keyGenerator = async (request: FastifyRequest) => `${name}:${await key(request)}`
  const count = app.createRateLimit({ max, timeWindow: windowMs, keyGenerator })
  return async (request, reply) => {
    if (redis.status !== 'ready') return
    const counted = await count(request)
    if (!counted.isAllowed) applyLimit(reply, counted)
  }
}

/**
 * By whom a request is counted: the service key, the user, else the visitor's browser. Before the first cookie there is
 * nobody, and only the address counts.
 */
export function identityOf(request: FastifyRequest): string | null {
  const key = serviceKeyOf(request)
  if (key !== null) return `k${hashToken(key).slice(0, 32)}`
  const userId = tokenUserOf(request)
  if (userId !== null) return `u${userId}`
  const token = sessionToken(request)
  return token === null ? null : `s${hashToken(token).slice(0, 32)}`
}

/**
 * Sets the headers of a limit, and refuses beyond it. Where two limits are applied, the headers show the last one,
 * which is the narrower.
 */
function applyLimit(reply: FastifyReply, counted: Exclude<Counted, { isAllowed: true }>): void {
  reply.header('ratelimit-limit', counted.max)
  reply.header('ratelimit-remaining', counted.remaining)
  reply.header('ratelimit-reset', counted.ttlInSeconds)
  if (counted.isExceeded) throw new Problem('rate_limited', { retryAfterSeconds: Math.max(1, counted.ttlInSeconds) })
}
