import * as contracts from '@pix/contracts/crew.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { limitInvitations } from '../../../http/limit-invitations.ts'
import { removeOrganizer, removePhotographer, setPhotographer } from './change-crew.ts'
import { inviteToEvent } from './invite-to-event.ts'
import { listCrew } from './list-crew.ts'
import { listCrewInvitations, resendToEvent, revokeFromEvent } from './manage-crew-invitations.ts'

/** Who works on an event, and who is asked to. */
export const crewRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const limit = limitInvitations(app, deps)

  app.route({
    ...contracts.listCrew,
    handler: async request => listCrew(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.listCrewInvitations,
    handler: async request => listCrewInvitations(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.inviteToEvent,
    handler: async (request, reply) => {
      await limit(request, reply)
      return inviteToEvent(callerContext(deps, request), request.params.id, request.body)
    },
  })

  app.route({
    ...contracts.resendToEvent,
    handler: async (request, reply) => {
      await limit(request, reply)
      const { id: eventId, invitationId } = request.params
      return resendToEvent(callerContext(deps, request), { eventId, invitationId }, request.body.locale)
    },
  })

  app.route({
    ...contracts.revokeFromEvent,
    handler: async (request, reply) => {
      const { id: eventId, invitationId } = request.params
      await revokeFromEvent(callerContext(deps, request), { eventId, invitationId })
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.setPhotographer,
    handler: async request => {
      const { id: eventId, userId } = request.params
      return setPhotographer(callerContext(deps, request), { eventId, userId }, request.body.trusted)
    },
  })

  app.route({
    ...contracts.removePhotographer,
    handler: async (request, reply) => {
      const { id: eventId, userId } = request.params
      await removePhotographer(callerContext(deps, request), { eventId, userId })
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.removeOrganizer,
    handler: async (request, reply) => {
      await removeOrganizer(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}
