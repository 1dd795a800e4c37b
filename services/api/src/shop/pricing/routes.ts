import * as lists from '@pix/contracts/package-lists.ts'
import { readFirstSteps } from '@pix/contracts/first-steps.ts'
import { listEventPackages, listPackages } from '@pix/contracts/pricing.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { findSeenEvent } from '../../catalogue/events/index.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import {
  readEventList,
  readPlatformList,
  readStudioList,
  setEventList,
  setPlatformList,
  setStudioList,
} from './lists/change-list.ts'
import { readFirstSteps as read } from './first-steps/read-first-steps.ts'
import { packagesOfEvent, packagesOfShop } from './queries.ts'

export const pricingRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...listPackages, handler: async request => ({ items: await packagesOfShop(contextOf(deps, request)) }) })

  app.route({
    ...listEventPackages,
    handler: async request => {
      const ctx = contextOf(deps, request)
      const event = await findSeenEvent(ctx, request.params.id)
      return { items: await packagesOfEvent(ctx, event.id) }
    },
  })

  app.route({
    ...readFirstSteps,
    handler: async request => read(callerContext(deps, request), request.params.id),
  })

  app.route({ ...lists.getPlatformPackages, handler: async request => readPlatformList(callerContext(deps, request)) })

  app.route({
    ...lists.setPlatformPackages,
    handler: async request => setPlatformList(callerContext(deps, request), request.body),
  })

  app.route({
    ...lists.getStudioPackages,
    handler: async request => readStudioList(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...lists.setStudioPackages,
    handler: async request => setStudioList(callerContext(deps, request), request.params.id, request.body),
  })

  app.route({
    ...lists.getEventPackageList,
    handler: async request => readEventList(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...lists.setEventPackages,
    handler: async request => setEventList(callerContext(deps, request), request.params.id, request.body),
  })
}
