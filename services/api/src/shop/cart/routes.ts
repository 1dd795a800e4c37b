import * as contract from '@pix/contracts/cart.ts'
import { clearCart } from '@pix/contracts/cart-page.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext } from '../../http/context-of.ts'
import { addToCart, clearCarts, removeFromCart } from './change-cart.ts'
import { choosePackage } from './choose-package.ts'
import { showCarts } from './merge-carts.ts'
import { summarizeCarts } from './summarize-carts.ts'

export const cartRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...contract.getCart, handler: async request => showCarts(buyerContext(deps, request)) })

  app.route({
    ...contract.cartSummary,
    handler: async request => summarizeCarts(await showCarts(buyerContext(deps, request))),
  })

  app.route({
    ...contract.addToCart,
    handler: async request => addToCart(buyerContext(deps, request), request.body.photoIds),
  })

  app.route({
    ...contract.removeFromCart,
    handler: async request => removeFromCart(buyerContext(deps, request), request.params.id),
  })

  app.route({ ...clearCart, handler: async request => clearCarts(buyerContext(deps, request)) })

  app.route({
    ...contract.choosePackage,
    handler: async request => choosePackage(buyerContext(deps, request), request.body),
  })
}
