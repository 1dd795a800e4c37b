import { z } from 'zod'
import { defineJob } from './job.ts'

/** Makes the picture without a watermark that the buyers of a photo see: one row of `bought_previews`. */
export const makeBoughtPreview = defineJob({
  queue: 'photos-bought',
  data: z.strictObject({ photoId: z.uuid() }),
  key: ({ photoId }) => photoId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})

/** The one pass over an uploaded photo: decode once, derivatives, metadata, faces. Tries are counted in the photo's row. */
export const processPhoto = defineJob({
  queue: 'photos-process',
  data: z.strictObject({ photoId: z.uuid() }),
  key: ({ photoId }) => photoId,
  backlogLimit: 500,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
