import { enterCoupon as entering } from '@pix/contracts/cart-page.ts'
import * as contracts from '@pix/contracts/coupons.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext, callerContext } from '../../../http/context-of.ts'
import { enterCoupon } from './enter-coupon.ts'
import { createCoupon, listCoupons, switchCoupon } from './manage-coupons.ts'

/** Coupons: what staff make, and what buyers enter. Their uses are orders. */
export const couponRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...entering, handler: async request => enterCoupon(buyerContext(deps, request), request.body) })

  app.route({
    ...contracts.listCoupons,
    handler: async request => listCoupons(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.createCoupon,
    handler: async (request, reply) => {
      const made = await createCoupon(callerContext(deps, request), request.params.id, request.body)
      return reply.code(201).send(made)
    },
  })

  app.route({
    ...contracts.switchCoupon,
    handler: async request => {
      const { id: studioId, couponId } = request.params
      return switchCoupon(callerContext(deps, request), { studioId, couponId }, request.body.active)
    },
  })
}
