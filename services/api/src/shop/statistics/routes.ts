import { countVisit as visit } from '@pix/contracts/event-visits.ts'
import { readStatistics as statistics } from '@pix/contracts/statistics.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { countVisit } from './count-visit.ts'
import { readStatistics } from './read-statistics.ts'

/** How an event does, and the visits of it. */
export const statisticsRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...visit,
    handler: async (request, reply) => {
      await countVisit(contextOf(deps, request), request.params.id, request.headers['user-agent'])
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...statistics,
    handler: async request => readStatistics(callerContext(deps, request), request.params.id),
  })
}
