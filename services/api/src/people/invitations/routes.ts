import * as contracts from '@pix/contracts/invitations.ts'
import { makeStudio as makeStudioContract } from '@pix/contracts/studios.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { limitInvitations } from '../../http/limit-invitations.ts'
import { listInvitations } from './list-invitations.ts'
import { makeStudio } from './make-studio.ts'
import { inviteMember, resendInvitation, revokeInvitation } from './manage-invitations.ts'

/** Invitations to studios. They are accepted where those to events are known: catalogue/events. */
export const invitationRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const limit = limitInvitations(app, deps)

  app.route({
    ...makeStudioContract,
    handler: async (request, reply) =>
      reply.code(201).send(await makeStudio(callerContext(deps, request), request.body)),
  })

  app.route({
    ...contracts.listInvitations,
    handler: async request => listInvitations(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.inviteMember,
    handler: async (request, reply) => {
      await limit(request, reply)
      return inviteMember(callerContext(deps, request), request.params.id, request.body)
    },
  })

  app.route({
    ...contracts.resendInvitation,
    handler: async (request, reply) => {
      await limit(request, reply)
      const { id: studioId, invitationId } = request.params
      return resendInvitation(callerContext(deps, request), { studioId, invitationId }, request.body.locale)
    },
  })

  app.route({
    ...contracts.revokeInvitation,
    handler: async (request, reply) => {
      const { id: studioId, invitationId } = request.params
      await revokeInvitation(callerContext(deps, request), { studioId, invitationId })
      return reply.code(204).send(null)
    },
  })
}
