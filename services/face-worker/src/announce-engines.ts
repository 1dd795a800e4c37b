import { FACE_ENGINES, type FaceEngineName } from '@pix/faces/engines.ts'
import { missingWeights } from '@pix/faces/missing-weights.ts'
import { leaveFaceWorkers, REGISTER_MS, registerFaceWorker } from '@pix/jobs/face-workers.ts'
import type { Log } from '@pix/platform/log.ts'
import type { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { faceEngines } from './worker-metrics.ts'

/**
 * Reports which face engines this worker has: in its metrics, and in Redis, from where the admins' page reads it. Where
 * it lacks the one that it should prefer, the log says what to do.
 */
export function announceEngines(
  { redis, log }: { redis: Redis; log: Log },
  wanted: FaceEngineName,
  engines: readonly FaceEngineName[],
): Repeated {
  const advice = missingWeights(wanted, engines) ?? ''
  for (const engine of FACE_ENGINES) {
    const isWanted = engine === wanted
    faceEngines.set(
      { engine, wanted: String(isWanted), advice: isWanted ? advice : '' },
      Number(engines.includes(engine)),
    )
  }
  if (advice) log.warn({ wanted, engines }, advice)
  const worker = { name: randomUUID(), engines: [...engines], wanted }
  const registering = repeat(log, 'face_engines', REGISTER_MS, () => registerFaceWorker(redis, worker))
  return {
    async stop() {
      await registering.stop()
      await leaveFaceWorkers(redis, worker)
    },
  }
}
