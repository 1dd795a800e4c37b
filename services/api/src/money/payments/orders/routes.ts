import * as contract from '@pix/contracts/orders.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext } from '../../../http/context-of.ts'
import { keyIdOf } from '../../../http/idempotency.ts'
import { giveUpOrder, orderCart } from './change-orders.ts'
import { readOrder, readOrders } from './read-orders.ts'

/** Orders, each with what came for it. */
export const payableOrderRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.placeOrder,
    handler: async (request, reply) => {
      const order = await orderCart(buyerContext(deps, request), request.body, keyIdOf(request))
      return reply.code(201).send(order)
    },
  })

  app.route({
    ...contract.listOrders,
    handler: async request => readOrders(buyerContext(deps, request), request.query),
  })

  app.route({
    ...contract.getOrder,
    handler: async request => readOrder(buyerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.cancelOrder,
    handler: async request => giveUpOrder(buyerContext(deps, request), request.params.id),
  })
}
