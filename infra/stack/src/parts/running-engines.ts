import { connectRedis } from '@pix/platform/redis.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { faceWorkers } from '../../../../packages/jobs/src/face-workers.ts'
import { Obstacle } from '../base/say.ts'
import { keptSettings } from './kept-settings.ts'

/** A worker that is started again is away for less than this. */
const PATIENCE_MS = 60_000
const CONNECT_MS = 5_000
const LOOK_MS = 50

/** The face engines of the workers that run. */
export interface RunningEngines {
  /** Those that a worker has, or had a minute ago; null while Redis does not say. */
  seen(): Promise<ReadonlySet<string> | null>
  close(): void
}

/** The Redis that workers register in: the one that REDIS_URL names, else that of `npm start`. */
export function shopRedisUrl(): string {
  const { REDIS_URL } = process.env.DATABASE_URL ? process.env : keptSettings()
  if (!REDIS_URL) throw new Obstacle('DATABASE_URL and REDIS_URL name the stores together.')
  return REDIS_URL
}

export async function watchRunningEngines(url: string): Promise<RunningEngines> {
  const redis = connectRedis(url, 'producer', () => undefined)
  const deadline = Date.now() + CONNECT_MS
  while (redis.status !== 'ready' && Date.now() < deadline) await delay(LOOK_MS)
  const seenAt = new Map<string, number>()
  return {
    async seen() {
      const workers = await faceWorkers(redis).catch(() => null)
      if (!workers) return null
      const now = Date.now()
      for (const { engines } of workers) for (const engine of engines) seenAt.set(engine, now)
      return new Set([...seenAt].filter(([, at]) => now - at < PATIENCE_MS).map(([engine]) => engine))
    },
    close: () => redis.disconnect(),
  }
}
