import { resumableUploads } from '@pix/db/schema/photos.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../../base/context.ts'
import { Problem } from '../../../../base/problem.ts'
import { RefusedUpload } from '../receive-bytes.ts'
import { keepOriginal, recordPhoto } from '../upload-photo.ts'
import { dropUpload, ownUpload, type ResumableUpload } from './upload-rows.ts'

/** The upload was given up, or another request has made its photo. */
class PieceIsGone extends Error {}

/**
 * Makes a photo of an upload whose bytes have all come, as a form's file becomes one. The row counts all bytes only
 * after that: a process that dies before leaves an upload whose last piece is sent again.
 *
 * @returns the upload with what it became, also where another request was quicker
 * @throws RefusedUpload; the upload is gone then
 * @throws Problem `not_found` where it was given up meanwhile
 */
export async function finishUpload(ctx: CallerContext, upload: ResumableUpload): Promise<ResumableUpload> {
  try {
    return await becomePhoto(ctx, upload)
  } catch (error) {
    if (error instanceof RefusedUpload) await dropUpload(ctx, upload)
    if (!(error instanceof PieceIsGone)) throw error
    await ctx.storage.delete(VANISHING_BUCKET, upload.pieces)
    const now = await ownUpload(ctx, upload.id)
    if (now.photoId === null) throw new Problem('upload_moved_on')
    return now
  }
}

async function becomePhoto(ctx: CallerContext, upload: ResumableUpload): Promise<ResumableUpload> {
  const { db, storage } = ctx
  const { id, eventId, fileName, pieces } = upload
  const body = readPieces(ctx, pieces)
  const kept = await keepOriginal(ctx, { eventId, fileName, body, kind: 'batch', pause: async () => undefined })
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
    if (!piece) throw new PieceIsGone('a piece of the upload is gone')
    yield* piece.body as AsyncIterable<Buffer>
  }
}
