import * as contract from '@pix/contracts/transfers.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { openSlipPicture } from '../../../money/payments/index.ts'
import { refuseSlipLine, slipArrivedLine } from './settle-slip.ts'

/** What is done about slips. */
export const slipLineRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.slipPicture,
    handler: async (request, reply) => {
      const { body, length } = await openSlipPicture(callerContext(deps, request), request.params.id)
      reply.header('cache-control', 'private, no-store')
      return reply.type('image/jpeg').header('content-length', length).send(body)
    },
  })

  app.route({
    ...contract.slipArrived,
    handler: async (request, reply) => {
      const {
        amount,
        arrivedAt,
        reference,
        isSecond = false,
        isNotTakenIn = false,
        isNotQrMoney = false,
      } = request.body
      const confirmed = { isSecond, isNotTakenIn, isNotQrMoney }
      const found = { amount: amount.amount, arrivedAt: new Date(arrivedAt), reference, ...confirmed }
      await slipArrivedLine(callerContext(deps, request), request.params.id, found)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.refuseSlip,
    handler: async (request, reply) => {
      await refuseSlipLine(callerContext(deps, request), request.params.id, request.body.reason)
      return reply.code(204).send(null)
    },
  })
}
