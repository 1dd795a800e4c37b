import { z } from 'zod'
import { defineJob } from './job.ts'

/** Draws the PDF of a statement: one row of `statement_files`. */
export const drawStatement = defineJob({
  queue: 'statements-draw',
  data: z.strictObject({ statementId: z.uuid() }),
  key: ({ statementId }) => statementId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
