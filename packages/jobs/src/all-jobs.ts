import { drawDocument } from './documents.ts'
import { applyObjection, groupFaces, readSelfies, rereadPhoto, searchFaces } from './faces.ts'
import type { JobDefinition } from './job.ts'
import { sendMail } from './mail.ts'
import { buildArchive } from './orders.ts'
import { makeBoughtPreview, processPhoto } from './photos.ts'
import { readSlip } from './slips.ts'
import { drawStatement } from './statements.ts'
import { readLogo } from './studios.ts'

/** Every kind of work that has a queue for good; queues of single workers come and go with them. */
export const ALL_JOBS: readonly JobDefinition[] = [
  processPhoto,
  makeBoughtPreview,
  readSelfies,
  searchFaces,
  groupFaces,
  rereadPhoto,
  applyObjection,
  buildArchive,
  drawDocument,
  drawStatement,
  sendMail,
  readLogo,
  readSlip,
]
