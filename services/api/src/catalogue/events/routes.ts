import * as contracts from '@pix/contracts/events.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { answerTogether } from '../../base/answer-together.ts'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { createEvent } from './create-event.ts'
import { findEvent } from './find-event.ts'
import { invitePhotographer } from './invite-photographer.ts'
import { listEvents } from './list-events.ts'
import { setEventStatus } from './set-status.ts'

export const eventRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const together = answerTogether<Awaited<ReturnType<typeof listEvents>>>()
  app.route({
    ...contracts.listEvents,
    handler: async request => {
      const { query } = request
      const list = () => listEvents(contextOf(deps, request), query)
      // What the public sees is the same for everybody.
      return query.scope === 'public' ? together(JSON.stringify(query), list) : list()
    },
  })

  app.route({
    ...contracts.getEvent,
    handler: async request => findEvent(contextOf(deps, request), request.params.idOrSlug),
  })

  app.route({
    ...contracts.createEvent,
    handler: async (request, reply) =>
      reply.code(201).send(await createEvent(callerContext(deps, request), request.body)),
  })

  app.route({
    ...contracts.setEventStatus,
    handler: async request => setEventStatus(callerContext(deps, request), request.params.id, request.body.status),
  })

  app.route({
    ...contracts.invitePhotographer,
    handler: async request => invitePhotographer(callerContext(deps, request), request.params.id, request.body),
  })
}
