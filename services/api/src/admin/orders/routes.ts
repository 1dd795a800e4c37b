import * as contract from '@pix/contracts/admin-orders.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { limitLetters } from '../../http/limit-letters.ts'
import { decideOrderRefund as decideContract } from '@pix/contracts/refunds.ts'
import { decideOrderRefund } from './asked-back.ts'
import { cancelStaffOrder, resendStaffOrder } from './act-on-order.ts'
import { listStaffOrders } from './list-orders.ts'
import { readStaffOrder } from './read-order.ts'

/** Orders for the people who help a studio's customers. */
export const staffOrderRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const limit = limitLetters(app, deps, async ({ params }) => ({
    place: `order:${(params as { id: string }).id.toLowerCase()}`,
    stranger: null,
  }))

  app.route({
    ...contract.listStaffOrders,
    handler: async request => listStaffOrders(callerContext(deps, request), request.query),
  })

  app.route({
    ...contract.getStaffOrder,
    handler: async request => readStaffOrder(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...decideContract,
    handler: async (request, reply) => {
      await decideOrderRefund(callerContext(deps, request), request.params, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.cancelStaffOrder,
    handler: async (request, reply) => {
      await cancelStaffOrder(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.resendStaffOrder,
    handler: async (request, reply) => {
      await limit(request, reply)
      await resendStaffOrder(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}
