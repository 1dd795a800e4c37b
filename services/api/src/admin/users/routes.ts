import * as contracts from '@pix/contracts/users.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { browserOf } from '../../http/browser-of.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { changeRole } from './change-role.ts'
import { endSession, endSessions } from './end-sessions.ts'
import { listUsers } from './list-users.ts'
import { readUser } from './read-user.ts'
import { suspendUser } from './suspend-user.ts'
import { unlockUser } from './unlock-user.ts'

export const userRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...contracts.listUsers, handler: async request => listUsers(contextOf(deps, request), request.query) })

  app.route({
    ...contracts.getUser,
    handler: async request => readUser(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.changeUserRole,
    handler: async request =>
      changeRole(callerContext(deps, request), request.params.id, request.body, browserOf(request)),
  })

  app.route({
    ...contracts.suspendUser,
    handler: async request => suspendUser(callerContext(deps, request), request.params.id, request.body),
  })

  app.route({
    ...contracts.endUserSession,
    handler: async (request, reply) => {
      await endSession(callerContext(deps, request), request.params)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.endUserSessions,
    handler: async (request, reply) => {
      await endSessions(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.unlockUser,
    handler: async (request, reply) => {
      await unlockUser(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}
