import {
  FACES_TTL_SECONDS,
  facesKey,
  LIVE_PROBE_TTL_SECONDS,
  liveProbeKey,
  OBJECTOR_TTL_SECONDS,
  objectorKey,
  PROBE_TTL_SECONDS,
  probeKey,
} from '../../../../packages/jobs/src/faces.ts'
import { isKnownKey } from '@pix/platform/redis-keys.ts'
import type { Redis } from 'ioredis'
import { type Fault, type Findings, type Kind, looksBiometric } from './report.ts'

/** Keys with embeddings: each lives so many seconds at the most. */
const BIOMETRIC = [
  { kind: 'embedding of a search', prefix: probeKey(''), seconds: PROBE_TTL_SECONDS },
  { kind: 'embedding of results that are open', prefix: liveProbeKey(''), seconds: LIVE_PROBE_TTL_SECONDS },
  { kind: 'faces of somebody who objects', prefix: objectorKey(''), seconds: OBJECTOR_TTL_SECONDS },
  { kind: 'faces of a selfie', prefix: facesKey(''), seconds: FACES_TTL_SECONDS },
] as const

/** Every key is found by SCAN. One with an embedding has an end within its time; one that is unknown is a fault. */
export async function lookIntoRedis(redis: Redis, now: Date): Promise<Findings> {
  const kinds = BIOMETRIC.map(({ kind, seconds }): Kind => ({
    store: 'redis',
    kind,
    kept: `${seconds} s`,
    count: 0,
    oldest: null,
    overdue: 0,
  }))
  const faults: Fault[] = []
  for await (const keys of redis.scanStream({ count: 500 }) as AsyncIterable<string[]>) {
    for (const key of keys) {
      const which = BIOMETRIC.findIndex(({ prefix }) => key.startsWith(prefix))
      if (which >= 0) await count(redis, key, kinds[which]!, BIOMETRIC[which]!.seconds, now)
      else if (!isKnownKey(key)) faults.push(fault(`unknown key ${key}`))
      else if (looksBiometric(await readText(redis, key))) faults.push(fault(`${key} holds numbers like an embedding`))
    }
  }
  return { kinds, faults }
}

const fault = (what: string): Fault => ({ store: 'redis', what })

/** Its age is what has passed of its time. */
async function count(redis: Redis, key: string, kind: Kind, seconds: number, now: Date): Promise<void> {
  const left = await redis.pttl(key)
  if (left === -2) return // gone meanwhile
  kind.count += 1
  if (left === -1 || left > seconds * 1_000) {
    kind.overdue += 1
    return
  }
  const madeAt = new Date(now.getTime() - (seconds * 1_000 - left)).toISOString()
  if (kind.oldest === null || madeAt < kind.oldest) kind.oldest = madeAt
}

async function readText(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key)
  if (type === 'string') return (await redis.get(key)) ?? ''
  if (type === 'hash') return JSON.stringify(await redis.hgetall(key))
  if (type === 'list') return JSON.stringify(await redis.lrange(key, 0, 1_000))
  if (type === 'set') return JSON.stringify(await redis.srandmember(key, 1_000))
  if (type === 'zset') return JSON.stringify(await redis.zrange(key, '0', '1000'))
  if (type === 'stream') return JSON.stringify(await redis.xrange(key, '-', '+'))
  return ''
}
