import * as contracts from '@pix/contracts/notices.ts'
import { type Uptime, readUptime as uptimeContract } from '@pix/contracts/uptime.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { keepRead } from '../../base/keep-read.ts'
import { shareReads } from '../../base/share-reads.ts'
import { callerContext } from '../../http/context-of.ts'
import { readStatus } from './read-status.ts'
import { readUptime } from './read-uptime.ts'
import {
  announceMaintenance,
  cancelMaintenance,
  changeMaintenance,
  openIncident,
  updateNotice,
} from './write-notices.ts'

/** A page that is opened again soon is not asked for again. */
const KEPT_SECONDS = 10
/** The past is read from Prometheus once in so long, for all visitors; sooner where it did not answer. */
const UPTIME_KEPT_MS = 5 * 60_000
const UPTIME_AWAY_KEPT_MS = 30_000
const UPTIME_KEPT_SECONDS = 60

const uptimeKeptMs = ({ state }: Uptime) => (state === 'unreachable' ? UPTIME_AWAY_KEPT_MS : UPTIME_KEPT_MS)

/** What works and what does not, for everybody, and its pages of the console. */
export const statusRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const shared = shareReads<contracts.Status>()
  const uptime = keepRead(deps.now, () => readUptime(deps), uptimeKeptMs)

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
    ...uptimeContract,
    handler: async (_, reply) => {
      const answer = await uptime()
      const seconds = answer.state === 'unreachable' ? KEPT_SECONDS : UPTIME_KEPT_SECONDS
      reply.header('cache-control', `public, max-age=${seconds}`)
      return answer
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
