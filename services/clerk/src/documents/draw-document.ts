import type { Db } from '@pix/db/client.ts'
import { documentContents, documentFiles, documents } from '@pix/db/schema/documents.ts'
import type { ColumnKeys } from '@pix/db/sealed/column-keys.ts'
import { openPrinted } from '@pix/db/sealed/document-content.ts'
import { drawDocument as drawPdf } from '@pix/pdf/draw-document.ts'
import { documentKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { createHash } from 'node:crypto'

export interface DrawingDeps {
  db: Db
  storage: Storage
  keys: ColumnKeys
  now: () => Date
}

/**
 * Draws the PDF of a document into the bucket, once. Two clerks that draw it at the same time write the same bytes. The
 * row that says that the PDF is there is written after it.
 *
 * @returns how it ended
 * @throws Error for a content that was changed after it was written
 */
export async function drawDocument({ db, storage, keys, now }: DrawingDeps, documentId: string): Promise<string> {
  const [found] = await db
    .select({ row: documents, content: documentContents.content })
    .from(documents)
    .innerJoin(documentContents, eq(documentContents.documentId, documents.id))
    .leftJoin(documentFiles, eq(documentFiles.documentId, documents.id))
    .where(and(eq(documents.id, documentId), isNull(documentFiles.documentId)))
  if (!found) return 'nothing'
  const pdf = await drawPdf(openPrinted(keys, found.row, found.content))
  await storage.put(MAIN_BUCKET, documentKey(found.row.studioId, documentId), pdf, { contentType: 'application/pdf' })
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  await db.insert(documentFiles).values({ documentId, bytes: pdf.length, sha256, drawnAt: now() }).onConflictDoNothing()
  return 'drawn'
}
