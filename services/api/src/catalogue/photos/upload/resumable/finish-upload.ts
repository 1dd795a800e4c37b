import { resumableUploads } from '@pix/db/schema/photos.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../../base/context.ts'
import { notFound } from '../../../../base/problem.ts'
import { RefusedUpload } from '../receive-bytes.ts'
import { keepOriginal, recordPhoto } from '../upload-photo.ts'
import { dropUpload, type ResumableUpload } from './upload-rows.ts'

/**
 * Makes a photo of an upload whose bytes have all come, as a form's file becomes one. The row has all bytes only after
 * that: a process that dies on the way leaves an upload whose last piece is sent again.
 *
 * @returns the upload with what it became
 * @throws RefusedUpload; the upload is gone then
 */
export async function finishUpload(ctx: CallerContext, upload: ResumableUpload): Promise<ResumableUpload> {
  const { db, storage } = ctx
  const { id, eventId, fileName, pieces } = upload
  const body = readPieces(ctx, pieces)
  const whole = { eventId, fileName, body, kind: 'batch', pause: async () => undefined } as const
  const kept = await keepOriginal(ctx, whole).catch(async (error: unknown) => {
    if (error instanceof RefusedUpload) await dropUpload(ctx, upload)
    throw error
  })
  const { photoId, sha256, outcome } = await recordPhoto(ctx, kept)
  const became = { received: upload.bytes, pieces: [], photoId, sha256, isDuplicate: outcome === 'duplicate' }
  await db
    .update(resumableUploads)
    .set(became)
    .where(and(eq(resumableUploads.id, id), isNull(resumableUploads.photoId)))
  await storage.delete(VANISHING_BUCKET, pieces)
  return { ...upload, ...became }
}

async function* readPieces({ storage }: CallerContext, pieces: readonly string[]): AsyncGenerator<Buffer> {
  for (const key of pieces) {
    const piece = await storage.get(VANISHING_BUCKET, key)
    // Given up, or finished by another request in the meantime.
    if (!piece) throw notFound()
    yield* piece.body as AsyncIterable<Buffer>
  }
}
