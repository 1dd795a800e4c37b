import { listEventPackages, listPackages, setEventPackages } from '@pix/contracts/pricing.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { findSeenEvent } from '../../catalogue/events/index.ts'
import { callerOf, signedIn } from '../../http/access.ts'
import { globalPackages, packagesOfEvent } from './queries.ts'
import { setPackages } from './set-packages.ts'

export const pricingRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...listPackages, handler: async () => ({ items: await globalPackages(deps.db) }) })

  app.route({
    ...listEventPackages,
    handler: async request => {
      const event = await findSeenEvent(deps, request.params.id, callerOf(request))
      return { items: await packagesOfEvent(deps.db, event.id) }
    },
  })

  app.route({
    ...setEventPackages,
    handler: async request => {
      const { userId } = signedIn(request)
      return { items: await setPackages(deps, userId, request.params.id, request.body.items) }
    },
  })
}
