import { z } from 'zod'
import { defineJob } from './job.ts'

/** Builds the ZIP of a paid order's originals of one event: one row of `order_archives`. */
export const buildArchive = defineJob({
  queue: 'orders-archive',
  data: z.strictObject({ archiveId: z.uuid() }),
  key: ({ archiveId }) => archiveId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
