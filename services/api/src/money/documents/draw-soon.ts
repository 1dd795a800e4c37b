import { drawDocument } from '@pix/jobs/documents.ts'
import type { Context } from '../../base/context.ts'

/** Asks the clerk to draw a document now; its sweep would do it some seconds later. */
export const drawSoon = async ({ enqueue }: Pick<Context, 'enqueue'>, documentId: string): Promise<void> =>
  void (await enqueue(drawDocument, { documentId }))
