import * as forms from '@pix/contracts/event-form.ts'
import { openEvent as openContract } from '@pix/contracts/event-door.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { buyerContext, callerContext } from '../../http/context-of.ts'
import { alertRoutes } from './alerts/routes.ts'
import { changeEvent } from './change-event.ts'
import { crewRoutes } from './crew/routes.ts'
import { findEventForm } from './event-form.ts'
import { invitedRoutes } from './invited/routes.ts'
import { listOrganizers } from './list-organizers.ts'
import { openEvent } from './open-event.ts'
import { shareKitRoutes } from './share-kit/routes.ts'

/**
 * What is said about an event, and who works on it. Events are shown, made and moved where what they show is known:
 * catalogue/photos, shop/pricing.
 */
export const eventRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...forms.getEventForm,
    handler: async request => findEventForm(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...forms.changeEvent,
    handler: async request => changeEvent(callerContext(deps, request), request.params.id, request.body),
  })

  app.route({
    ...forms.listOrganizers,
    handler: async request => listOrganizers(callerContext(deps, request), request.query),
  })

  app.route({
    ...openContract,
    handler: async (request, reply) => {
      await openEvent(buyerContext(deps, request), request.params.id, request.body.code)
      return reply.code(204).send(null)
    },
  })

  for (const routes of [crewRoutes, invitedRoutes, alertRoutes, shareKitRoutes]) await app.register(routes, { deps })
}
