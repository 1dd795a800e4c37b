import { z } from 'zod'
import { defineJob } from './job.ts'

/** Builds the ZIP of a paid order's originals. */
export const buildArchive = defineJob({
  queue: 'orders-archive',
  data: z.strictObject({ orderId: z.uuid() }),
  key: ({ orderId }) => orderId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
