import { z } from 'zod'
import { defineJob } from './job.ts'

/** Draws the PDF of a document: one row of `documents`. */
export const drawDocument = defineJob({
  queue: 'documents-draw',
  data: z.strictObject({ documentId: z.uuid() }),
  key: ({ documentId }) => documentId,
  options: { attempts: 1, removeOnComplete: true, removeOnFail: true },
})
