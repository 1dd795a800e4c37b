import { batchUpload, type UploadOutcome } from '@pix/contracts/photos.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { checkEvent } from './check-event.ts'
import { RefusedUpload } from './receive-bytes.ts'
import { dropOriginal, keepOriginal, type KeptOriginal, recordPhoto, type Upload } from './upload-photo.ts'

/** The event's id and then files; it fails with a Problem where it breaks off. */
export type Parts = AsyncIterable<
  { kind: 'text'; field: 'eventId'; value: string } | { kind: 'file'; fileName: string; body: AsyncIterable<Buffer> }
>

/** Makes the `Upload.pause` of each file. */
export type NewPause = () => Upload['pause']

/**
 * Stores the one file of a form. It becomes a photo only once the form has ended as it should; a refused file ends the
 * form at once.
 */
export async function receiveOne(ctx: CallerContext, form: Parts, newPause: NewPause): Promise<UploadOutcome> {
  let kept: KeptOriginal | null = null
  try {
    for await (const { eventId, fileName, body } of filesOf(ctx, form)) {
      kept = await keepOriginal(ctx, { eventId, fileName, body, kind: 'single', pause: newPause() })
    }
  } catch (error) {
    if (kept) await dropOriginal(ctx, kept.original)
    throw error instanceof RefusedUpload ? new Problem(error.code) : error
  }
  if (!kept) throw new Problem('no_file')
  return recordPhoto(ctx, kept)
}

export interface BatchOutcome {
  items: UploadOutcome[]
  complete: boolean
}

/**
 * Stores the files of a form one after the other, each with an outcome of its own. A form that breaks off after a file
 * was stored still answers with its outcomes.
 */
export async function receiveMany(ctx: CallerContext, form: Parts, newPause: NewPause): Promise<BatchOutcome> {
  const items: UploadOutcome[] = []
  const refuse = (fileName: string, code: UploadOutcome['code']) =>
    items.push({ fileName, outcome: 'refused', photoId: null, sha256: null, code })
  let underWay: string | null = null
  try {
    for await (const { eventId, fileName, body } of filesOf(ctx, form)) {
      if (items.length >= batchUpload.config.form.most) {
        refuse(fileName, 'too_many_files')
        continue
      }
      underWay = fileName
      try {
        const kept = await keepOriginal(ctx, { eventId, fileName, body, kind: 'batch', pause: newPause() })
        items.push(await recordPhoto(ctx, kept))
      } catch (error) {
        if (!(error instanceof RefusedUpload)) throw error
        refuse(fileName, error.code)
      }
      underWay = null
    }
  } catch (error) {
    const nothingStored = items.every(item => item.outcome === 'refused')
    if (nothingStored) throw error
    if (!(error instanceof Problem)) ctx.log.error({ err: error }, 'a batch ended early')
    if (underWay !== null) refuse(underWay, codeOf(error))
    return { items, complete: false }
  }
  if (items.length === 0) throw new Problem('no_file')
  return { items, complete: true }
}

const codeOf = (error: unknown) =>
  error instanceof Problem && error.code === 'malformed_request' ? error.code : 'internal'

interface FileOfEvent {
  eventId: string
  fileName: string
  body: AsyncIterable<Buffer>
}

/** The event must be named before the first file. */
async function* filesOf(ctx: CallerContext, form: Parts): AsyncGenerator<FileOfEvent> {
  let eventId: string | null = null
  for await (const part of form) {
    if (part.kind === 'text') {
      eventId = await checkEvent(ctx, part.value)
      continue
    }
    if (eventId === null) {
      throw new Problem('invalid_request', {
        errors: [{ path: 'body.eventId', message: 'must come before the files' }],
      })
    }
    yield { eventId, fileName: part.fileName, body: part.body }
  }
}
