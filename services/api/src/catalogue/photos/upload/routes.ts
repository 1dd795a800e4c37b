import { batchUpload, uploadPhoto } from '@pix/contracts/photos.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { readForm } from '../../../http/multipart.ts'
import { rightOfWayIn } from '../../../http/right-of-way.ts'
import { MOST_FILES, type NewTurn, receiveMany, receiveOne } from './receive-form.ts'

export const uploadRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const fileBytes = deps.settings.UPLOAD_MAX_BYTES

  app.route({
    ...uploadPhoto,
    handler: async (request, reply) => {
      const form = readForm(request, { fileBytes, files: 1 })
      const outcome = await receiveOne(callerContext(deps, request), form, newTurnFor(request))
      return reply.code(outcome.outcome === 'stored' ? 202 : 200).send(outcome)
    },
  })

  app.route({
    ...batchUpload,
    handler: async (request, reply) => {
      const form = readForm(request, { fileBytes, files: 2 * MOST_FILES })
      return reply.code(202).send(await receiveMany(callerContext(deps, request), form, newTurnFor(request)))
    },
  })
}

const newTurnFor =
  (request: FastifyRequest): NewTurn =>
  () =>
    rightOfWayIn(request).yielding()
