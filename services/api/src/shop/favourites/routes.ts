import * as contracts from '@pix/contracts/favourites.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext } from '../../http/context-of.ts'
import { addFavourites, removeFavourite } from './change-favourites.ts'
import { listFavouriteIds, listFavourites } from './list-favourites.ts'

export const favouriteRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...contracts.listFavourites, handler: async request => listFavourites(buyerContext(deps, request)) })

  app.route({
    ...contracts.listFavouriteIds,
    handler: async request => listFavouriteIds(buyerContext(deps, request), request.query.eventId),
  })

  app.route({
    ...contracts.addFavourites,
    handler: async (request, reply) => {
      await addFavourites(buyerContext(deps, request), request.body.photoIds)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.removeFavourite,
    handler: async (request, reply) => {
      await removeFavourite(buyerContext(deps, request), request.params.photoId)
      return reply.code(204).send(null)
    },
  })
}
