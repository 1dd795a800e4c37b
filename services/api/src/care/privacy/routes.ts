import * as contracts from '@pix/contracts/privacy.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext } from '../../http/context-of.ts'
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
}
