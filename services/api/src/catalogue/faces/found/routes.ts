import * as contracts from '@pix/contracts/found.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext } from '../../../http/context-of.ts'
import { forgetFound } from './forget-found.ts'
import { listFound } from './list-found.ts'

/** What searches found, as long as it is kept. */
export const foundRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listFound,
    handler: async request => listFound(buyerContext(deps, request), request.query),
  })

  app.route({
    ...contracts.forgetFound,
    handler: async (request, reply) => {
      await forgetFound(buyerContext(deps, request), request.params.eventId)
      return reply.code(204).send(null)
    },
  })
}
