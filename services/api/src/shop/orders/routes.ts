import * as contract from '@pix/contracts/orders.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { contextOf } from '../../http/context-of.ts'
import { keyIdOf } from '../../http/idempotency.ts'
import { buyerOf } from '../../http/session.ts'
import { streamState } from '../../http/streams.ts'
import { cancelOrder } from './cancel-order.ts'
import { followDownloads, linkArchive, linkOriginal, redownload, stampArchives } from './downloads.ts'
import { placeOrder } from './place-order.ts'
import { findOrder, listOrders } from './queries.ts'

export const orderRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const stamps = (ids: readonly string[]) => stampArchives(deps, ids)

  app.route({
    ...contract.placeOrder,
    handler: async (request, reply) => {
      const order = await placeOrder(
        contextOf(deps, request),
        buyerOf(request).sessionId,
        request.body,
        keyIdOf(request),
      )
      return reply.code(201).send(order)
    },
  })

  app.route({
    ...contract.listOrders,
    handler: async request => ({ items: await listOrders(deps, buyerOf(request).sessionId) }),
  })

  app.route({
    ...contract.getOrder,
    handler: async request => findOrder(deps, buyerOf(request).sessionId, request.params.id),
  })

  app.route({
    ...contract.cancelOrder,
    handler: async request => cancelOrder(deps, buyerOf(request).sessionId, request.params.id),
  })

  app.route({
    ...contract.getDownloads,
    handler: async (request, reply) => {
      const { id } = request.params
      const { sessionId } = buyerOf(request)
      await streamState(request, reply, {
        topic: `archive:${id}`,
        owner: sessionId,
        stamps,
        read: followDownloads(deps, sessionId, id),
        done: ({ archive }) => archive.state === 'ready' || archive.state === 'failed' || archive.state === 'expired',
      })
      return reply
    },
  })

  app.route({
    ...contract.redownload,
    handler: async (request, reply) => {
      const downloads = await redownload(contextOf(deps, request), buyerOf(request).sessionId, request.params.id)
      return reply.code(202).send(downloads)
    },
  })

  app.route({
    ...contract.getArchive,
    handler: async (request, reply) => {
      const url = await linkArchive(deps, buyerOf(request).sessionId, request.params.id)
      return reply.redirect(url, 302)
    },
  })

  app.route({
    ...contract.getOriginal,
    handler: async (request, reply) => {
      const url = await linkOriginal(deps, buyerOf(request).sessionId, request.params.id)
      return reply.redirect(url, 302)
    },
  })
}
