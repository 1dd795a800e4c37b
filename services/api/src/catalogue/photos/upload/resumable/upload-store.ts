import type { Readable } from 'node:stream'
import { DataStore, Upload } from '@tus/server'
import type { CallerContext } from '../../../../base/context.ts'
import { checkEvent } from '../check-event.ts'
import { takePieces } from './take-pieces.ts'
import { addUpload, dropUpload, ownUpload, RESUMABLE_MS, type ResumableUpload } from './upload-rows.ts'

/**
 * Uploads as @tus/server sees them, for one request of their photographer. Each request asks again whether the
 * photographer may upload to the event.
 */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  readonly #ctx: CallerContext
  #upload: ResumableUpload | null = null
  /**
   * Ends when no more bytes are taken, with the reason where they were refused: @tus/server may answer before, and says
   * only that the request was aborted.
   */
  taken: Promise<unknown> = Promise.resolve()

  constructor(ctx: CallerContext) {
    super()
    this.#ctx = ctx
  }

  /** What the upload of this request became, or null while bytes are missing. */
  get outcome() {
    if (!this.#upload?.photoId) return null
    const { photoId, sha256, isDuplicate } = this.#upload
    return { outcome: isDuplicate ? 'duplicate' : 'stored', photoId, sha256: sha256 ?? '' }
  }

  override async create(file: Upload): Promise<Upload> {
    const { eventId, filename } = file.metadata ?? {}
    const given = { id: file.id, eventId: eventId ?? '', fileName: filename ?? '', bytes: file.size ?? 0 }
    this.#upload = await addUpload(this.#ctx, given)
    return seen(this.#upload)
  }

  override async getUpload(id: string): Promise<Upload> {
    this.#upload ??= await ownUpload(this.#ctx, id)
    // The outcome of an upload can be asked for also when the event takes no more photos.
    if (this.#upload.photoId === null) await checkEvent(this.#ctx, this.#upload.eventId)
    return seen(this.#upload)
  }

  override async write(stream: Readable, id: string): Promise<number> {
    const upload = this.#upload ?? (await ownUpload(this.#ctx, id))
    if (upload.photoId !== null) return upload.received
    const taking = takePieces(this.#ctx, upload, stream)
    this.taken = taking.then(
      () => undefined,
      (error: unknown) => error,
    )
    this.#upload = await taking
    return this.#upload.received
  }

  override async remove(id: string): Promise<void> {
    await dropUpload(this.#ctx, await ownUpload(this.#ctx, id))
  }

  override getExpiration(): number {
    return RESUMABLE_MS
  }
}

const seen = ({ id, bytes, received, fileName, eventId, createdAt }: ResumableUpload): Upload =>
  new Upload({
    id,
    size: bytes,
    offset: received,
    metadata: { filename: fileName, eventId },
    creation_date: createdAt.toISOString(),
  })
