import * as reports from '@pix/contracts/reports.ts'
import { readStorefront } from '@pix/contracts/storefront.ts'
import * as contracts from '@pix/contracts/studios.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { storefrontOf } from '../../http/storefront.ts'
import { describeStorefront } from './describe-storefront.ts'
import { listStudios } from './list-studios.ts'
import { setStudioStatus } from './set-studio-status.ts'
import { changeMember, leaveStudio, removeMember } from './members/change-members.ts'
import { chooseReports, readReportChoice } from './members/choose-reports.ts'
import { listMembers } from './members/list-members.ts'

/** Studios and who works for them. */
export const studioRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...readStorefront,
    handler: async request => describeStorefront(deps, storefrontOf(request)),
  })

  app.route({
    ...contracts.listStudios,
    handler: async request => listStudios(callerContext(deps, request), request.query),
  })

  app.route({
    ...contracts.setStudioStatus,
    handler: async request => setStudioStatus(callerContext(deps, request), request.params.id, request.body.status),
  })

  app.route({
    ...contracts.listMembers,
    handler: async request => listMembers(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.changeMember,
    handler: async (request, reply) => {
      const { id: studioId, userId } = request.params
      await changeMember(callerContext(deps, request), { studioId, userId }, request.body.role)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.removeMember,
    handler: async (request, reply) => {
      const { id: studioId, userId } = request.params
      await removeMember(callerContext(deps, request), { studioId, userId })
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.leaveStudio,
    handler: async (request, reply) => {
      await leaveStudio(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...reports.readReportChoice,
    handler: async request => readReportChoice(callerContext(deps, request), request.query.studio),
  })

  app.route({
    ...reports.chooseReports,
    handler: async request => chooseReports(callerContext(deps, request), request.query.studio, request.body),
  })
}
