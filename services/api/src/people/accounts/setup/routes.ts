import * as contracts from '@pix/contracts/setup.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { contextOf } from '../../../http/context-of.ts'
import { checkSetupLink, setUp } from './set-up.ts'

/** The first start of an installation: nobody can sign in yet. */
export const setupRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.checkSetupLink,
    handler: async (request, reply) => {
      await checkSetupLink(contextOf(deps, request), request.body.token)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.setUp,
    handler: async (request, reply) => {
      await setUp(contextOf(deps, request), request.body)
      return reply.code(201).send(null)
    },
  })
}
