import * as contracts from '@pix/contracts/invitations.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { acceptInvitation, lookAtInvitation, registerByInvitation } from './accept-invitation.ts'

/** Routes of invited people, to a studio or to an event. */
export const invitedRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const answer = signInAnswers(app, deps)

  app.route({
    ...contracts.lookAtInvitation,
    handler: async request => lookAtInvitation(contextOf(deps, request), request.body.token),
  })

  app.route({
    ...contracts.acceptInvitation,
    handler: async request => acceptInvitation(callerContext(deps, request), request.body.token),
  })

  app.route({
    ...contracts.registerByInvitation,
    handler: async (request, reply) => {
      const signIn = await registerByInvitation(contextOf(deps, request), request.body, browserOf(request))
      return answer.begun(request, reply, signIn)
    },
  })
}
