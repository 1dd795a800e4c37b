import * as contracts from '@pix/contracts/takedowns.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext } from '../../http/context-of.ts'
import { askTakedown } from './ask-takedown.ts'

export const takedownRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.askTakedown,
    handler: async (request, reply) =>
      reply.code(201).send(await askTakedown(buyerContext(deps, request), request.body)),
  })
}
