import * as contracts from '@pix/contracts/face-engine.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { cancelEngine, changeEngine } from './change-engine.ts'
import { readEngine } from './read-engine.ts'

export const engineRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.readEventEngine,
    handler: async request => readEngine(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.changeEventEngine,
    handler: async (request, reply) => {
      const { params, body } = request
      return reply.code(202).send(await changeEngine(callerContext(deps, request), params.id, body.engine))
    },
  })

  app.route({
    ...contracts.cancelEventEngine,
    handler: async request => cancelEngine(callerContext(deps, request), request.params.id),
  })
}
