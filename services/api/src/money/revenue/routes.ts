import { eventRevenue, revenueSummary } from '@pix/contracts/revenue.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { contextOf } from '../../http/context-of.ts'
import { summarize, summarizeEvent, topEvents } from './summary.ts'

export const revenueRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...revenueSummary,
    handler: async request => {
      const ctx = contextOf(deps, request)
      return { ...(await summarize(ctx, request.query)), events: await topEvents(ctx, request.query) }
    },
  })

  app.route({
    ...eventRevenue,
    handler: async request => summarizeEvent(contextOf(deps, request), request.params.id, request.query),
  })
}
