import { FACE_ENGINES, type FaceEngineName } from '@pix/faces/engines.ts'
import { missingWeights } from '@pix/faces/missing-weights.ts'
import type { Log } from '@pix/platform/log.ts'
import { faceEngines } from './worker-metrics.ts'

/** Says which face engines this worker has, and what to do where it lacks the one it should prefer. */
export function tellEngines(preferred: FaceEngineName, available: readonly FaceEngineName[], log: Log): void {
  for (const engine of FACE_ENGINES)
    faceEngines.set({ engine, preferred: String(engine === preferred) }, Number(available.includes(engine)))
  const missing = missingWeights(preferred, available)
  if (missing) log.warn({ preferred, available }, missing)
}
