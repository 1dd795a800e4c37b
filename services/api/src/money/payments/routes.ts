import type { IncomingMessage } from 'node:http'
import * as contract from '@pix/contracts/payments.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { contextOf } from '../../http/context-of.ts'
import { buyerOf } from '../../http/session.ts'
import { streamState } from '../../http/streams.ts'
import { handleGatewayEvent } from './handle-gateway-event.ts'
import { followPayment, stampPayments } from './queries.ts'
import { readRaw } from './read-raw.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { startPayment } from './start-payment.ts'

/** Nothing that the buyer waits for comes after these. */
const FINAL = new Set(['failed', 'abandoned'])

export const paymentRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const stamps = (ids: readonly string[]) => stampPayments(deps, ids)

  app.route({
    ...contract.createPayment,
    handler: async (request, reply) => {
      const payment = await startPayment(deps, buyerOf(request).sessionId, request.body.orderId)
      return reply.code(201).send(payment)
    },
  })

  app.route({
    ...contract.paymentStatus,
    handler: async (request, reply) => {
      const { id } = request.params
      const { sessionId } = buyerOf(request)
      await streamState(request, reply, {
        topic: `payment:${id}`,
        owner: sessionId,
        stamps,
        read: followPayment(deps, sessionId, id),
        once: 'qrImage',
        done: ({ state, orderStatus, keptMoney }) =>
          orderStatus === 'fulfilled' || FINAL.has(state) || keptMoney !== null,
      })
      return reply
    },
  })

  await app.register(webhookRoute, { deps })
}

/** By itself, because its body is taken as bytes. */
const webhookRoute: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (_: FastifyRequest, payload: IncomingMessage) => readRaw(payload))

  app.route({
    ...contract.webhook,
    handler: async request => {
      const eventId = await receiveWebhook(deps, request.body instanceof Buffer ? request.body : Buffer.alloc(0))
      // Answered at once; what is stored is worked on after, and by the sweep should this process die.
      if (eventId !== null) {
        handleGatewayEvent(contextOf(deps, request), eventId).catch((error: unknown) =>
          request.log.error({ err: error, eventId }, 'an announcement waits for the sweep'),
        )
      }
      return { status: 1 as const }
    },
  })
}
