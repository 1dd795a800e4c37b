import { announceEvent as announce, readAnnouncement as read } from '@pix/contracts/announcements.ts'
import * as contracts from '@pix/contracts/event-alerts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext, callerContext, contextOf } from '../../../http/context-of.ts'
import { limitLetters } from '../../../http/limit-letters.ts'
import { networkOf } from '../../../http/network-of.ts'
import { announceEvent, readAnnouncement } from './announce.ts'
import { alertKeys, askAlert } from './ask-alert.ts'
import { confirmAlert, lookAtAlert, withdrawAlert } from './use-link.ts'

/** Alerts for an event's photos: they are asked for, confirmed and sent. */
export const alertRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const limit = limitLetters(app, deps, async request =>
    alertKeys((request.body as { email: string }).email, networkOf(request)),
  )

  app.route({
    ...contracts.askEventAlert,
    handler: async (request, reply) => {
      await limit(request, reply)
      return reply.code(202).send(await askAlert(buyerContext(deps, request), request.params.id, request.body))
    },
  })

  app.route({
    ...contracts.lookAtEventAlert,
    handler: async request => lookAtAlert(contextOf(deps, request), request.body.token),
  })

  app.route({
    ...contracts.confirmEventAlert,
    handler: async (request, reply) => {
      await confirmAlert(contextOf(deps, request), request.body.token)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.withdrawEventAlert,
    handler: async (request, reply) => {
      await withdrawAlert(contextOf(deps, request), request.body.token)
      return reply.code(204).send(null)
    },
  })

  app.route({ ...read, handler: async request => readAnnouncement(callerContext(deps, request), request.params.id) })

  app.route({ ...announce, handler: async request => announceEvent(callerContext(deps, request), request.params.id) })
}
