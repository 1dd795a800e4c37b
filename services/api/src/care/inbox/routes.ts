import * as contracts from '@pix/contracts/inbox.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { retryFailedPhoto } from './failed-photo/retry-failed-photo.ts'
import { leaveLine } from './leave-line.ts'
import { countLines, listLines } from './list-lines.ts'
import { retryMail } from './mail/retry-mail.ts'
import { decideTakedownLine } from './takedown/decide-line.ts'
import { giveLineBack, takeLine } from './take-line.ts'

export const inboxRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listInbox,
    handler: async request => listLines(contextOf(deps, request), request.query),
  })

  app.route({
    ...contracts.countInbox,
    handler: async request => countLines(contextOf(deps, request)),
  })

  app.route({
    ...contracts.takeLine,
    handler: async request => takeLine(callerContext(deps, request), request.params, request.body.from),
  })

  app.route({
    ...contracts.giveLineBack,
    handler: async (request, reply) => {
      await giveLineBack(callerContext(deps, request), request.params)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.leaveLine,
    handler: async (request, reply) => {
      await leaveLine(callerContext(deps, request), request.params, request.body.reason)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.retryMail,
    handler: async (request, reply) => {
      await retryMail(callerContext(deps, request), request.params.id, request.body.email)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.decideTakedown,
    handler: async (request, reply) => {
      await decideTakedownLine(callerContext(deps, request), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.retryFailedPhoto,
    handler: async (request, reply) => {
      await retryFailedPhoto(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}
