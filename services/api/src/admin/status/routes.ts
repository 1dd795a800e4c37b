import * as contracts from '@pix/contracts/notices.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { shareReads } from '../../base/share-reads.ts'
import { callerContext } from '../../http/context-of.ts'
import { readStatus } from './read-status.ts'
import {
  announceMaintenance,
  cancelMaintenance,
  changeMaintenance,
  openIncident,
  updateNotice,
} from './write-notices.ts'

/** A page that is opened again soon is not asked for again. */
const KEPT_SECONDS = 10

/** What works and what does not, for everybody, and its pages of the console. */
export const statusRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const shared = shareReads<contracts.Status>()

  app.route({
    ...contracts.readStatus,
    handler: async (request, reply) => {
      // Who writes it sees each change at once.
      if (request.headers.authorization === undefined)
        reply.header('cache-control', `public, max-age=${KEPT_SECONDS}`).header('vary', 'authorization')
      return shared('', () => readStatus(deps))
    },
  })

  app.route({
    ...contracts.openIncident,
    handler: async (request, reply) =>
      reply.code(201).send(await openIncident(callerContext(deps, request), request.body)),
  })

  app.route({
    ...contracts.announceMaintenance,
    handler: async (request, reply) =>
      reply.code(201).send(await announceMaintenance(callerContext(deps, request), request.body)),
  })

  app.route({
    ...contracts.changeMaintenance,
    handler: async request => changeMaintenance(callerContext(deps, request), request.params.id, request.body),
  })

  app.route({
    ...contracts.cancelMaintenance,
    handler: async request => cancelMaintenance(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.updateNotice,
    handler: async (request, reply) =>
      reply.code(201).send(await updateNotice(callerContext(deps, request), request.params.id, request.body)),
  })
}
