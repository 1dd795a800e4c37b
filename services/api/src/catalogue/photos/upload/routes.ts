import { batchUpload, uploadPhoto } from '@pix/contracts/photos.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { readForm } from '../../../http/multipart.ts'
import { searchPriorityIn } from '../../../http/search-priority.ts'
import { type NewPause, receiveMany, receiveOne } from './receive-form.ts'

export const uploadRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const fileBytes = deps.settings.UPLOAD_MAX_BYTES

  app.route({
    ...uploadPhoto,
    handler: async (request, reply) => {
      const form = readForm(request, uploadPhoto.config.form, { fileBytes })
      const outcome = await receiveOne(callerContext(deps, request), form, newPauseFor(request))
      return reply.code(outcome.outcome === 'stored' ? 202 : 200).send(outcome)
    },
  })

  app.route({
    ...batchUpload,
    handler: async (request, reply) => {
      const { form: contract } = batchUpload.config
      // A form with more than twice as many files is not read on.
      const form = readForm(request, contract, { fileBytes, spareFiles: contract.most })
      return reply.code(202).send(await receiveMany(callerContext(deps, request), form, newPauseFor(request)))
    },
  })
}

const newPauseFor =
  (request: FastifyRequest): NewPause =>
  () =>
    searchPriorityIn(request).pauses()
