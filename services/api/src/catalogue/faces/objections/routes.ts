import * as contracts from '@pix/contracts/objections.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext } from '../../../http/context-of.ts'
import { confirmObjection } from './confirm-objection.ts'
import { withdrawByLink, withdrawObjection } from './end-objection.ts'
import { listMyObjections } from './list-objections.ts'

export const objectionRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.confirmObjection,
    handler: async (request, reply) => {
      const { params, body } = request
      return reply.code(201).send(await confirmObjection(buyerContext(deps, request), params.id, body))
    },
  })

  app.route({
    ...contracts.listMyObjections,
    handler: async request => ({ items: await listMyObjections(buyerContext(deps, request)) }),
  })

  app.route({
    ...contracts.withdrawObjection,
    handler: async (request, reply) => {
      await withdrawObjection(buyerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.withdrawObjectionByLink,
    handler: async request => withdrawByLink(buyerContext(deps, request), request.body.token),
  })
}
