import { connect } from '@pix/db/client.ts'
import { openFaceEngines } from '@pix/faces/engine.ts'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import sharp from 'sharp'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { engineOptions, type Settings } from '../settings.ts'
import { photoLimits } from '../picture/limits.ts'
import { type RereadOutcome, rereadPhoto, type RereadWork } from '../rereads/reread-photo.ts'
import { type BoughtOutcome, makeBoughtPreview } from './bought-preview.ts'
import { type PhotoOutcome, processPhoto } from './process-photo.ts'

/** A photo that was uploaded, one whose buyers want to see it, or one that is to be read once more. */
export type PhotoWork = { kind: 'process' | 'bought'; photoId: string } | ({ kind: 'reread' } & RereadWork)

/** What the process says about itself. */
export interface PhotoChildFacts {
  runtime: string
  /** The engines it has, the preferred one first. */
  engines: readonly FaceEngineName[]
}

serveParent<Settings, PhotoWork, PhotoOutcome | RereadOutcome | BoughtOutcome, PhotoChildFacts>(async settings => {
  lowerPriority() // searches go first; photos take what is left
  // One thread: there is a process for each core. No cache: no picture comes twice.
  sharp.concurrency(1)
  sharp.cache(false)
  const engines = await openFaceEngines(engineOptions(settings))
  const { runtime } = await engines.open(engines.available[0]!)
  const db = connect(settings.DATABASE_URL, { max: 2, applicationName: 'thepixstock-photos', connectMs: 60_000 })
  const deps = { db, engines, limits: photoLimits(settings), storage: openStorage(settings), now: () => new Date() }
  return {
    about: { runtime, engines: engines.available },
    run(work, signal) {
      if (work.kind === 'reread') return rereadPhoto(deps, work, signal)
      return work.kind === 'bought' ? makeBoughtPreview(deps, work.photoId) : processPhoto(deps, work.photoId, signal)
    },
  }
})
