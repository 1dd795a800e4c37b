import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { CONTENT_TYPES, detectFormat, type PhotoFormat } from './detect-format.ts'
import { readHeader } from './read-header.ts'

/** Enough for the header of nearly every camera's files, their embedded thumbnails included. */
const HEAD_BYTES = 256 * 1024

export type Refusal = 'empty_file' | 'not_an_image' | 'file_too_large' | 'image_too_large' | 'image_too_small'

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
  /** The bytes as they come, the head included. Ends with RefusedUpload where the sender's file was cut at its limit. */
  body: Readable
  /** Hex; known once `body` has ended. */
  sha256: () => string
}

/**
 * Looks at the first bytes and decides whether the rest is worth receiving; at most the head is in memory.
 *
 * @param source ends early with `truncated` set at the size limit
 * @param turn awaited before each piece behind the head is taken (http/right-of-way.ts)
 * @throws RefusedUpload
 */
export async function receiveBytes(
  source: Readable & { truncated?: boolean },
  limits: Limits,
  turn: () => Promise<void> = async () => undefined,
): Promise<Incoming> {
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  const begun: Buffer[] = []
  let length = 0
  let ended = false
  while (length < HEAD_BYTES && !ended) {
    const next = await chunks.next()
    ended = next.done === true
    if (next.done) break
    begun.push(next.value)
    length += next.value.length
  }
  const head = Buffer.concat(begun)
  if (head.length === 0) throw new RefusedUpload('empty_file')
  const format = detectFormat(head)
  if (format === null) throw new RefusedUpload('not_an_image')
  const size = await readHeader(head)
  if (size && size.width * size.height > limits.maxPixels) throw new RefusedUpload('image_too_large')
  if (size && limits.minSide !== null && Math.max(size.width, size.height) < limits.minSide)
    throw new RefusedUpload('image_too_small')

  const hash = createHash('sha256')
  const take = () => turn().then(() => chunks.next())
  async function* all() {
    hash.update(head)
    yield head
    for (let next = ended ? null : await take(); next && !next.done; next = await take()) {
      hash.update(next.value)
      yield next.value
    }
    if (source.truncated) throw new RefusedUpload('file_too_large')
  }
  return {
    format,
    contentType: CONTENT_TYPES[format],
    body: Readable.from(all(), { objectMode: false }),
    sha256: () => hash.digest('hex'),
  }
}
