import * as contracts from '@pix/contracts/events.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { invitePhotographer } from './invite-photographer.ts'

/** Who works on an event. Events are shown, and changed, where what they show is known: catalogue/photos, shop/pricing. */
export const eventRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.invitePhotographer,
    handler: async request => invitePhotographer(callerContext(deps, request), request.params.id, request.body),
  })
}
