import { z } from 'zod'
import { defineJob } from './job.ts'

/** Makes a studio's logo of the picture that was uploaded for it. */
export const readLogo = defineJob({
  queue: 'studios-logo',
  data: z.strictObject({ studioId: z.uuid() }),
  key: ({ studioId }) => studioId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
