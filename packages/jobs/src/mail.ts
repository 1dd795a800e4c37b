import { z } from 'zod'
import { defineJob } from './job.ts'

/** Sends one row of `outgoing_mail`. */
export const sendMail = defineJob({
  queue: 'mail-send',
  data: z.strictObject({ mailId: z.uuid() }),
  key: ({ mailId }) => mailId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
