import { Readable } from 'node:stream'
import { resumableUploads } from '@pix/db/schema/photos.ts'
import { pieceKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../../base/context.ts'
import { notFound, Problem } from '../../../../base/problem.ts'
import { HEAD_BYTES, judge, RefusedUpload } from '../receive-bytes.ts'
import { limitsOf } from '../upload-photo.ts'
import { cut } from './cut.ts'
import { finishUpload } from './finish-upload.ts'
import { dropUpload, type ResumableUpload } from './upload-rows.ts'

/**
 * A killed process loses at most this much. It is less than S3's part, so that a piece is one request (storage-s3.ts).
 */
const PIECE_BYTES = 4 * 1024 * 1024
/**
 * Each broken line leaves a piece, which may be small. An object for every few bytes would cost more than the photo.
 */
const MOST_PIECES = 1_000

/**
 * Stores further bytes of an upload, piece by piece; the last ones make it a photo. Where the stream breaks off, what
 * came is stored. When two requests send at once, the row decides: a piece counts only behind the offset that it was
 * sent behind.
 *
 * @returns the upload as it is now
 * @throws Problem what a form upload is refused for, and `not_found` where it came in too many pieces; the upload is
 *   gone then
 */
export async function takePieces(
  ctx: CallerContext,
  upload: ResumableUpload,
  stream: AsyncIterable<Buffer>,
): Promise<ResumableUpload> {
  let sofar = upload
  try {
    const bytes = untilItBreaks(upload.received === 0 ? judged(ctx, stream) : stream)
    for await (const piece of cut(bytes, PIECE_BYTES)) sofar = await takePiece(ctx, sofar, piece)
    return sofar
  } catch (error) {
    if (!(error instanceof RefusedUpload)) throw error
    await dropUpload(ctx, sofar)
    throw new Problem(error.code)
  }
}

async function takePiece(
  ctx: CallerContext,
  upload: ResumableUpload,
  piece: AsyncIterable<Buffer>,
): Promise<ResumableUpload> {
  const { db, storage, newId } = ctx
  if (upload.pieces.length >= MOST_PIECES) {
    await dropUpload(ctx, upload)
    throw notFound()
  }
  const key = pieceKey(upload.id, newId())
  const body = Readable.from(piece, { objectMode: false })
  const { size } = await storage.put(VANISHING_BUCKET, key, body, { contentType: 'application/octet-stream' })
  const further = { received: upload.received + size, pieces: [...upload.pieces, key] }
  if (further.received >= upload.bytes) return finishUpload(ctx, { ...upload, pieces: further.pieces })
  const isBehind = eq(resumableUploads.received, upload.received)
  const { rowCount } = await db
    .update(resumableUploads)
    .set(further)
    .where(and(eq(resumableUploads.id, upload.id), isBehind, isNull(resumableUploads.photoId)))
  if (rowCount === 1) return { ...upload, ...further }
  await storage.delete(VANISHING_BUCKET, key)
  throw new Problem('upload_moved_on')
}

/** Passes bytes on, and refuses what the first ones show to be no photo for us: nobody sends fifty megabytes in vain. */
async function* judged(ctx: CallerContext, stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const head: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    if (length < HEAD_BYTES) {
      head.push(chunk)
      length += chunk.length
      if (length >= HEAD_BYTES) judge(Buffer.concat(head.splice(0)), limitsOf(ctx))
    }
    yield chunk
  }
}

/** A line that breaks ends the bytes; a refusal does not pass for that. */
async function* untilItBreaks(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream
  } catch (error) {
    if (error instanceof RefusedUpload) throw error
  }
}
