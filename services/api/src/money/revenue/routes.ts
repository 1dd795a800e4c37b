import { eventRevenue, revenueSummary } from '@pix/contracts/revenue.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { summarize, summarizeEvent } from './summary.ts'

export const revenueRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...revenueSummary,
    handler: async request => summarize(callerContext(deps, request), request.query),
  })

  app.route({
    ...eventRevenue,
    handler: async request => summarizeEvent(callerContext(deps, request), request.params.id, request.query),
  })
}
