import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Problem } from '../../../base/problem.ts'
import { CONTENT_TYPES, detectFormat, isRaw, type PhotoFormat } from './detect-format.ts'
import { readHeader } from './header/read-header.ts'

/** Enough for the header of nearly every camera's files, their embedded thumbnails included. */
export const HEAD_BYTES = 256 * 1024
/** Enough to know the format. */
const BRAND_BYTES = 256

export type Refusal =
  | 'empty_file'
  | 'not_an_image'
  | 'raw_file'
  | 'unsupported_colors'
  | 'file_too_large'
  | 'image_too_large'
  | 'image_too_small'

/** Why an upload ends before it is stored. */
export class RefusedUpload extends Error {
  readonly code: Refusal

  constructor(code: Refusal) {
    super(code)
    this.name = 'RefusedUpload'
    this.code = code
  }
}

export interface Limits {
  maxPixels: number
  /** Pixels on the longer side; null takes any size. */
  minSide: number | null
}

export interface Incoming {
  format: PhotoFormat
  contentType: string
  /** The bytes as they come, the head included. Fails with RefusedUpload where the file is longer than allowed. */
  body: Readable
  /** Hex; known once `body` has ended. */
  sha256: () => string
}

/**
 * Looks at the first bytes and decides whether the rest is worth receiving; no more than those are in memory.
 *
 * @param source fails with Problem `file_too_large` at the size limit
 * @param pause awaited before each piece behind the head is taken (http/search-priority.ts)
 * @throws RefusedUpload
 */
export async function receiveBytes(
  source: AsyncIterable<Buffer>,
  limits: Limits,
  pause: () => Promise<void> = async () => undefined,
): Promise<Incoming> {
  const pieces = source[Symbol.asyncIterator]()
  const { head, ended } = await readHead(pieces)
  const format = judge(head, limits)

  const hash = createHash('sha256')
  const take = () => pause().then(() => nextOf(pieces))
  async function* all() {
    hash.update(head)
    yield head
    for (let piece = ended ? null : await take(); piece !== null; piece = await take()) {
      hash.update(piece)
      yield piece
    }
  }
  return {
    format,
    contentType: CONTENT_TYPES[format],
    body: Readable.from(all(), { objectMode: false }),
    sha256: () => hash.digest('hex'),
  }
}

async function readHead(pieces: AsyncIterator<Buffer>): Promise<{ head: Buffer; ended: boolean }> {
  const begun: Buffer[] = []
  let length = 0
  let known = false
  while (length < HEAD_BYTES) {
    const piece = await nextOf(pieces)
    if (piece === null) return { head: Buffer.concat(begun), ended: true }
    begun.push(piece)
    length += piece.length
    // A file that is no picture is known as such long before the head is whole.
    if (known || length < BRAND_BYTES) continue
    if (detectFormat(Buffer.concat(begun)) === null) break
    known = true
  }
  return { head: Buffer.concat(begun), ended: false }
}

async function nextOf(pieces: AsyncIterator<Buffer>): Promise<Buffer | null> {
  try {
    const next = await pieces.next()
    return next.done === true ? null : next.value
  } catch (error) {
    throw error instanceof Problem && error.code === 'file_too_large' ? new RefusedUpload('file_too_large') : error
  }
}

/**
 * What the first bytes say: HEAD_BYTES of them, or the whole file.
 *
 * @throws RefusedUpload
 */
export function judge(head: Buffer, limits: Limits): PhotoFormat {
  if (head.length === 0) throw new RefusedUpload('empty_file')
  const format = detectFormat(head)
  if (format === null) throw new RefusedUpload(isRaw(head) ? 'raw_file' : 'not_an_image')
  const { size, refusal } = readHeader(format, head)
  if (refusal !== null) throw new RefusedUpload(refusal)
  if (size === null) return format
  if (size.width * size.height > limits.maxPixels) throw new RefusedUpload('image_too_large')
  const { minSide } = limits
  if (minSide !== null && Math.max(size.width, size.height) < minSide) throw new RefusedUpload('image_too_small')
  return format
}
