import { correctEmail } from '@pix/contracts/order-access.ts'
import * as contract from '@pix/contracts/orders.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext } from '../../../http/context-of.ts'
import { keyIdOf } from '../../../http/idempotency.ts'
import { refuseBeyond } from '../../../http/rate-limit.ts'
import { buyerOf } from '../../../http/session.ts'
import { correctOrderEmail, giveUpOrder, orderCart } from './change-orders.ts'
import { readOrder, readOrders } from './read-orders.ts'

const CORRECTIONS_PER_HOUR = 5

/** Orders, each with what came for it. */
export const payableOrderRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  // Each correction is a letter to an address that nobody has shown to be theirs.
  const limitCorrections = refuseBeyond(app, deps, {
    name: 'corrections',
    max: CORRECTIONS_PER_HOUR,
    windowMs: 3_600_000,
    key: async request => buyerOf(request).sessionId,
  })

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
    ...correctEmail,
    handler: async (request, reply) => {
      await limitCorrections(request, reply)
      return correctOrderEmail(buyerContext(deps, request), request.params.id, request.body.email)
    },
  })

  app.route({
    ...contract.cancelOrder,
    handler: async request => giveUpOrder(buyerContext(deps, request), request.params.id),
  })
}
