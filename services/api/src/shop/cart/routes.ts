import * as contract from '@pix/contracts/cart.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerOf } from '../../http/session.ts'
import { addToCart, choosePackage, clearCart, removeFromCart } from './change-cart.ts'
import { readCart } from './queries.ts'

export const cartRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.getCart,
    handler: async request => readCart(deps.db, buyerOf(request).sessionId, deps.now()),
  })

  app.route({
    ...contract.addToCart,
    handler: async request => addToCart(deps, buyerOf(request).sessionId, request.body),
  })

  app.route({
    ...contract.removeFromCart,
    handler: async request => removeFromCart(deps, buyerOf(request).sessionId, request.params.id),
  })

  app.route({ ...contract.clearCart, handler: async request => clearCart(deps, buyerOf(request).sessionId) })

  app.route({
    ...contract.choosePackage,
    handler: async request => choosePackage(deps, buyerOf(request).sessionId, request.body.choice),
  })
}
