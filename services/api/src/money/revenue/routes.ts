import { eventRevenue, revenueSummary } from '@pix/contracts/revenue.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { summarize, summarizeEvent, topEvents } from './summary.ts'

export const revenueRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...revenueSummary,
    handler: async ({ query }) => ({ ...(await summarize(deps.db, query)), events: await topEvents(deps.db, query) }),
  })

  app.route({
    ...eventRevenue,
    handler: async ({ params, query }) => summarizeEvent(deps.db, params.id, query),
  })
}
