import type { IncomingMessage } from 'node:http'
import * as contract from '@pix/contracts/payments.ts'
import type { Payment } from '@pix/contracts/payments.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext, contextOf } from '../../http/context-of.ts'
import { streamState } from '../../http/streams.ts'
import { countFromZero } from './metrics.ts'
import { handleGatewayEvent } from './handle-gateway-event.ts'
import { followPayment, stampPayments } from './queries.ts'
import { readRaw } from './read-raw.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { startPayment } from './start-payment.ts'

/** Whether the buyer waits for nothing more: no money comes, or money came that pays nothing. */
const isOver = (state: Payment['state'], orderStatus: Payment['orderStatus']): boolean =>
  state === 'failed' || state === 'abandoned' || (state === 'completed' && !wasPaid(orderStatus))

export const paymentRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  countFromZero(deps.gateways.keys())
  const stamps = (ids: readonly string[]) => stampPayments(deps, ids)

  app.route({
    ...contract.createPayment,
    handler: async (request, reply) => {
      const payment = await startPayment(buyerContext(deps, request), request.body.orderId)
      return reply.code(201).send(payment)
    },
  })

  app.route({
    ...contract.paymentStatus,
    handler: async (request, reply) => {
      const { id } = request.params
      const ctx = buyerContext(deps, request)
      await streamState(request, reply, {
        topic: `payment:${id}`,
        owner: ctx.buyer.sessionId,
        stamps,
        read: followPayment(ctx, id),
        once: 'qrImage',
        done: ({ state, orderStatus }) =>
          (orderStatus !== 'paid' && wasPaid(orderStatus)) || isOver(state, orderStatus),
      })
      return reply
    },
  })

  await app.register(webhookRoute, { deps })
}

/** The webhook's route stands by itself, because its body is taken as bytes. */
const webhookRoute: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (_: FastifyRequest, payload: IncomingMessage) => readRaw(payload))

  const take = async (request: FastifyRequest, gateway: string) => {
    const ctx = contextOf(deps, request)
    const raw = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
    const eventId = await receiveWebhook(ctx, gateway, { raw, headers: request.headers })
    // The answer goes out at once. What is stored is handled afterwards, or by the sweep if this process dies.
    if (eventId !== null) {
      handleGatewayEvent(ctx, eventId).catch((error: unknown) =>
        ctx.log.error({ err: error, eventId }, 'an announcement waits for the sweep'),
      )
    }
    return { status: 1 as const }
  }

  app.route({ ...contract.webhook, handler: request => take(request, request.params.gateway) })
  app.route({ ...contract.paynoiWebhook, handler: request => take(request, 'paynoi') })
}
