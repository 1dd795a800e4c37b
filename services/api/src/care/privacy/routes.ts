import * as contracts from '@pix/contracts/privacy.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext, callerContext } from '../../http/context-of.ts'
import { removeEvent } from './remove-events.ts'
import { changeMyConsent, listMyConsents } from './my-consents.ts'

/** What a person may ask of us about themselves. */
export const privacyRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listMyConsents,
    handler: async request => listMyConsents(buyerContext(deps, request)),
  })

  app.route({
    ...contracts.changeMyConsent,
    handler: async request => changeMyConsent(buyerContext(deps, request), request.body),
  })

  app.route({
    ...contracts.removeEvent,
    handler: async (request, reply) => {
      await removeEvent(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}
