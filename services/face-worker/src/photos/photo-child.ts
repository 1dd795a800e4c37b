import { connect } from '@pix/db/client.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { setPriority } from 'node:os'
import sharp from 'sharp'
import { serveParent } from '../children/serve-parent.ts'
import type { Settings } from '../settings.ts'
import { type PhotoOutcome, processPhoto } from './process-photo.ts'

/** What the process says about itself. */
export interface PhotoChildFacts {
  runtime: string
  modelVersion: string
}

/** Whoever searches is waiting; photos take what is left. */
const LOWER_PRIORITY = 10

serveParent<Settings, string, PhotoOutcome, PhotoChildFacts>(async settings => {
  setPriority(LOWER_PRIORITY)
  // One thread: there is a process for each core. No cache: no picture comes twice.
  sharp.concurrency(1)
  sharp.cache(false)
  const engine = await createFaceEngine({ runtime: settings.FACE_RUNTIME, cacheDir: settings.FACE_CACHE_DIR })
  const db = connect(settings.DATABASE_URL, { max: 2, applicationName: 'thepixstock-photos' })
  const deps = { db, engine, storage: openStorage(settings), now: () => new Date() }
  return {
    about: { runtime: engine.runtime, modelVersion: engine.modelVersion },
    run: (photoId, signal) => processPhoto(deps, photoId, signal),
  }
})
