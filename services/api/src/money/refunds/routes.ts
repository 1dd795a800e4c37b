import * as contract from '@pix/contracts/refunds.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext, callerContext } from '../../http/context-of.ts'
import { askMoneyBack, askRefund } from './ask-refund.ts'
import { readRefunds } from './read-refunds.ts'
import { startRefund } from './start-refund.ts'

/** What buyers ask back of their orders, and what our people give back. */
export const refundRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listRefunds,
    handler: async request => readRefunds(buyerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.askRefund,
    handler: async (request, reply) =>
      reply.code(201).send(await askRefund(buyerContext(deps, request), request.params.id, request.body)),
  })

  app.route({
    ...contract.startRefund,
    handler: async (request, reply) =>
      reply.code(201).send(await startRefund(callerContext(deps, request), request.params.id, request.body)),
  })

  app.route({
    ...contract.askMoneyBack,
    handler: async (request, reply) => {
      const items = await askMoneyBack(buyerContext(deps, request), request.params.id, request.body.payee)
      return reply.code(201).send({ items })
    },
  })
}
