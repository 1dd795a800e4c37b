import * as contract from '@pix/contracts/gifts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext, contextOf } from '../../../http/context-of.ts'
import { listGifts, withdrawGift } from './keep-gifts.ts'
import { makeGift } from './make-gift.ts'
import { downloadGift, openGift } from './open-gift.ts'

/** Bought photos given on by a link. Its token comes in bodies, which no log keeps. */
export const giftRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.makeGift,
    handler: async (request, reply) => {
      const made = await makeGift(buyerContext(deps, request), request.params.id, request.body)
      return reply.code(201).send(made)
    },
  })

  app.route({
    ...contract.listGifts,
    handler: async request => listGifts(buyerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.withdrawGift,
    handler: async (request, reply) => {
      await withdrawGift(buyerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.openGift,
    handler: async request => openGift(contextOf(deps, request), request.body.token),
  })

  app.route({
    ...contract.downloadGift,
    handler: async request => downloadGift(contextOf(deps, request), request.body),
  })
}
