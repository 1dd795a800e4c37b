import * as contract from '@pix/contracts/sellers.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { changeSeller, readSeller } from './change-seller.ts'

/** Who a studio is for the law. */
export const sellerRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.getSeller,
    handler: async request => readSeller(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.changeSeller,
    handler: async request => changeSeller(callerContext(deps, request), request.params.id, request.body),
  })
}
