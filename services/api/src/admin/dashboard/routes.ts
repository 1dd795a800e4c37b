import { followActivity, readDashboard } from '@pix/contracts/dashboard.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { streamState } from '../../http/streams.ts'
import { activityStamps, openActivity } from './follow-activity.ts'
import { readDashboard as read } from './read-dashboard.ts'

export const dashboardRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const stamps = activityStamps(deps)

  app.route({
    ...readDashboard,
    handler: async request => read(callerContext(deps, request), request.query.studio),
  })

  app.route({
    ...followActivity,
    handler: async (request, reply) => {
      const ctx = callerContext(deps, request)
      const activity = await openActivity(ctx, request.query.studio)
      await streamState(request, reply, {
        topic: `desk:${activity.studioId ?? 'all'}`,
        owner: activity.owner,
        stamps,
        read: activity.read,
        done: () => false,
      })
      return reply
    },
  })
}
