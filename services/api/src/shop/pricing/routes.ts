import { listEventPackages, listPackages, setEventPackages } from '@pix/contracts/pricing.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { findSeenEvent } from '../../catalogue/events/index.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { packagesOfShop, packagesOfEvent } from './queries.ts'
import { setPackages } from './set-packages.ts'

export const pricingRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...listPackages, handler: async request => ({ items: await packagesOfShop(contextOf(deps, request)) }) })

  app.route({
    ...listEventPackages,
    handler: async request => {
      const event = await findSeenEvent(contextOf(deps, request), request.params.id)
      return { items: await packagesOfEvent(deps.db, event.id) }
    },
  })

  app.route({
    ...setEventPackages,
    handler: async request => ({
      items: await setPackages(callerContext(deps, request), request.params.id, request.body.items),
    }),
  })
}
