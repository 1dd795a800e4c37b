import * as contracts from '@pix/contracts/service-keys.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { browserOf } from '../../http/browser-of.ts'
import { callerContext } from '../../http/context-of.ts'
import { listServiceKeys } from './list-keys.ts'
import { makeServiceKey } from './make-key.ts'
import { revokeServiceKey } from './revoke-key.ts'

/** Keys with which machines call the api. Which routes take one says each contract. */
export const serviceKeyRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listServiceKeys,
    handler: async request => listServiceKeys(callerContext(deps, request), request.query),
  })

  app.route({
    ...contracts.makeServiceKey,
    handler: async (request, reply) =>
      reply.code(201).send(await makeServiceKey(callerContext(deps, request), request.body, browserOf(request))),
  })

  app.route({
    ...contracts.revokeServiceKey,
    handler: async (request, reply) => {
      await revokeServiceKey(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}
