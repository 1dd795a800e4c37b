import { batchUpload, uploadPhoto } from '@pix/contracts/photos.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signedIn } from '../../../http/access.ts'
import { contextOf } from '../../../http/context-of.ts'
import { readForm } from '../../../http/multipart.ts'
import { rightOfWayIn } from '../../../http/right-of-way.ts'
import { MOST_FILES, receiveMany, receiveOne, type Sender } from './receive-form.ts'

export const uploadRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const fileBytes = deps.settings.UPLOAD_MAX_BYTES

  app.route({
    ...uploadPhoto,
    handler: async (request, reply) => {
      const form = readForm(request, { fileBytes, files: 1 })
      const outcome = await receiveOne(contextOf(deps, request), form, senderOf(request))
      return reply.code(outcome.outcome === 'stored' ? 202 : 200).send(outcome)
    },
  })

  app.route({
    ...batchUpload,
    handler: async (request, reply) => {
      const form = readForm(request, { fileBytes, files: 2 * MOST_FILES })
      return reply.code(202).send(await receiveMany(contextOf(deps, request), form, senderOf(request)))
    },
  })
}

const senderOf = (request: FastifyRequest): Sender => ({
  caller: signedIn(request),
  newTurn: () => rightOfWayIn(request).yielding(),
})
