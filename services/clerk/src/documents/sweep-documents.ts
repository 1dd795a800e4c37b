import { notAmong } from '@pix/db/not-among.ts'
import { documentFiles, documents } from '@pix/db/schema/documents.ts'
import { drawDocument } from '@pix/jobs/documents.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { SweepDeps } from '../sweep-deps.ts'

/** Older ones that were never drawn are drawn when somebody asks for them. */
const LOOKS_BACK_MS = 7 * 86_400_000
/** Documents that are enqueued at once. */
const AT_ONCE = 100

/** Enqueues the documents that nobody has drawn. */
export async function enqueueDocuments({ db, enqueue, now }: SweepDeps): Promise<void> {
  await enqueueWaiting(enqueue, drawDocument, enqueued =>
    db
      .select({ documentId: documents.id })
      .from(documents)
      .leftJoin(documentFiles, eq(documentFiles.documentId, documents.id))
      .where(
        and(
          gt(documents.issuedAt, new Date(now().getTime() - LOOKS_BACK_MS)),
          isNull(documentFiles.documentId),
          notAmong(documents.id, enqueued),
        ),
      )
      .orderBy(asc(documents.issuedAt), asc(documents.id))
      .limit(AT_ONCE),
  )
}
