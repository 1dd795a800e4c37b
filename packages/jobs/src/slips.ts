import { z } from 'zod'
import { defineJob } from './job.ts'

/** Reads the picture of a slip, and the mini-QR on it. */
export const readSlip = defineJob({
  queue: 'slips-read',
  data: z.strictObject({ slipId: z.uuid() }),
  key: ({ slipId }) => slipId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
