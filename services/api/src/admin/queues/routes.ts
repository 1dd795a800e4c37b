import * as contracts from '@pix/contracts/queues.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { listFailed, listQueues } from './list-queues.ts'
import { drainQueue, retryJobs } from './act-on-queue.ts'
import { listSweeps, runSweep } from './sweeps.ts'

export const queueRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listQueues,
    handler: async request => ({ items: await listQueues(contextOf(deps, request)) }),
  })

  app.route({
    ...contracts.listFailedJobs,
    handler: async request => listFailed(contextOf(deps, request), request.params.queue, request.query),
  })

  app.route({
    ...contracts.retryJobs,
    handler: async request => retryJobs(callerContext(deps, request), request.params.queue, request.body.id),
  })

  app.route({
    ...contracts.drainQueue,
    handler: async request => drainQueue(callerContext(deps, request), request.params.queue, request.body.seen),
  })

  app.route({
    ...contracts.listSweeps,
    handler: async request => ({ items: await listSweeps(contextOf(deps, request)) }),
  })

  app.route({
    ...contracts.runSweep,
    handler: async (request, reply) => {
      await runSweep(callerContext(deps, request), request.params)
      return reply.code(202).send(null)
    },
  })
}
