import { connect } from '@pix/db/client.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import type { Settings } from '../settings.ts'
import { photoLimits } from '../picture/limits.ts'
import { type PhotoOutcome, processPhoto } from './process-photo.ts'

/** What the process says about itself. */
export interface PhotoChildFacts {
  runtime: string
  modelVersion: string
}

serveParent<Settings, string, PhotoOutcome, PhotoChildFacts>(async settings => {
  lowerPriority() // whoever searches is waiting; photos take what is left
  // One thread: there is a process for each core. No cache: no picture comes twice.
  sharp.concurrency(1)
  sharp.cache(false)
  const engine = await createFaceEngine({
    engine: 'face-api',
    runtime: settings.FACE_RUNTIME,
    cacheDir: settings.FACE_CACHE_DIR,
  })
  const db = connect(settings.DATABASE_URL, { max: 2, applicationName: 'thepixstock-photos', connectMs: 60_000 })
  const deps = { db, engine, limits: photoLimits(settings), storage: openStorage(settings), now: () => new Date() }
  return {
    about: { runtime: engine.runtime, modelVersion: engine.modelVersion },
    run: (photoId, signal) => processPhoto(deps, photoId, signal),
  }
})
