import { batchUpload, uploadPhoto as contract, type UploadOutcome } from '@pix/contracts/photos.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Caller } from '../../caller.ts'
import { isId } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import { findWorkedEvent, takesUploads } from '../../events/index.ts'
import { signedIn } from '../../http/access.ts'
import { depsOf } from '../../http/deps-of.ts'
import { type FilePart, readForm, type TextPart } from '../../http/multipart.ts'
import { type RightOfWay, rightOfWayIn } from '../../http/right-of-way.ts'
import { Problem } from '../../problem.ts'
import { uploadPhoto } from './upload-photo.ts'

/** Files of a batch; those beyond are refused one by one, and a form with more than twice as many is not read on. */
const MOST_FILES = 50

export const uploadRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const fileBytes = deps.settings.UPLOAD_MAX_BYTES

  app.route({
    ...contract,
    handler: async (request, reply) => {
      const form = readForm(request, { fileBytes, files: 1 })
      const sender = { caller: signedIn(request), kind: 'single', way: rightOfWayIn(request) } as const
      const items = await storeFiles(depsOf(deps, request), form, sender)
      const outcome = items[0]
      if (!outcome) throw new Problem('no_file')
      if (outcome.code !== null) throw new Problem(outcome.code)
      return reply.code(outcome.outcome === 'stored' ? 202 : 200).send(outcome)
    },
  })

  app.route({
    ...batchUpload,
    handler: async (request, reply) => {
      const form = readForm(request, { fileBytes, files: 2 * MOST_FILES })
      const sender = { caller: signedIn(request), kind: 'batch', way: rightOfWayIn(request) } as const
      const items = await storeFiles(depsOf(deps, request), form, sender)
      if (items.length === 0) throw new Problem('no_file')
      return reply.code(202).send({ items })
    },
  })
}

/**
 * Stores the files of a form one after the other; the event must be named before the first. The form is read to its
 * end whatever is refused, so that the sender hears the answer.
 */
async function storeFiles(
  deps: Deps,
  form: AsyncIterable<FilePart | TextPart>,
  { caller, kind, way }: { caller: Caller; kind: 'single' | 'batch'; way: RightOfWay },
): Promise<UploadOutcome[]> {
  const outcomes: UploadOutcome[] = []
  let eventId: string | null = null
  for await (const part of form) {
    if (part.kind === 'text') {
      if (part.field === 'eventId') eventId = await checkEvent(deps, part.value, caller)
      continue
    }
    if (eventId === null) {
      throw new Problem('invalid_request', {
        errors: [{ path: 'body.eventId', message: 'must come before the files' }],
      })
    }
    const { fileName, body } = part
    if (outcomes.length >= MOST_FILES) {
      outcomes.push({ fileName, outcome: 'refused', photoId: null, sha256: null, code: 'too_many_files' })
      continue
    }
    const turn = way.yielding()
    outcomes.push(await uploadPhoto(deps, { eventId, photographerId: caller.userId, fileName, body, kind, turn }))
  }
  return outcomes
}

async function checkEvent(deps: Deps, eventId: string, caller: Caller): Promise<string> {
  if (!isId(eventId)) throw new Problem('not_found')
  const event = await findWorkedEvent(deps, eventId, caller)
  if (!takesUploads(event)) throw new Problem('uploads_closed')
  return event.id
}
