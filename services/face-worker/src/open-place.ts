import { connect } from '@pix/db/client.ts'
import { applyObjection, groupFaces, readSelfies, rereadPhoto, searchFaces } from '@pix/jobs/faces.ts'
import { createEnqueue } from '@pix/jobs/job.ts'
import { makeBoughtPreview, processPhoto } from '@pix/jobs/photos.ts'
import { readSlip as readSlipJob } from '@pix/jobs/slips.ts'
import { readLogo as readLogoJob } from '@pix/jobs/studios.ts'
import type { Log } from '@pix/platform/log.ts'
import { openSurroundings } from '@pix/platform/open-surroundings.ts'
import type { Settings } from './settings.ts'

const now = () => new Date()

/** Connections of the worker, and what closes them. */
export async function openPlace(settings: Settings, log: Log) {
  const db = connect(settings.DATABASE_URL, { applicationName: 'thepixstock-worker', connectMs: 30_000 })
  const surroundings = await openSurroundings(settings, 'face-worker', log)
  const enqueue = createEnqueue(surroundings.queueRedis, surroundings.warn, [
    processPhoto,
    makeBoughtPreview,
    readSelfies,
    searchFaces,
    groupFaces,
    rereadPhoto,
    applyObjection,
    readLogoJob,
    readSlipJob,
  ])
  const close = async () => {
    await enqueue.close()
    surroundings.close()
    await db.$client.end()
  }
  return { ...surroundings, db, enqueue, log, now, close }
}

export type Place = Awaited<ReturnType<typeof openPlace>>
