import { listEventChoices as choicesContract } from '@pix/contracts/event-choices.ts'
import * as forms from '@pix/contracts/event-form.ts'
import * as contracts from '@pix/contracts/events.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { shareReads } from '../../../base/share-reads.ts'
import type { Deps } from '../../../base/deps.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { chooseCover } from './choose-cover.ts'
import { listEventChoices } from './list-event-choices.ts'
import { listEvents } from './list-events.ts'
import { countManagedEvents, listManagedEvents as listManaged } from './list-managed-events.ts'

/** Events in lists, each with a photo for its cover. */
export const eventListRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const together = shareReads<Awaited<ReturnType<typeof listEvents>>>()
  app.route({
    ...contracts.listEvents,
    handler: async request => {
      const { query } = request
      const ctx = contextOf(deps, request)
      const list = () => listEvents(ctx, query)
      // A storefront's public lists are the same for everybody, so readers share one read.
      return query.scope === 'public' ? together(JSON.stringify([ctx.storefront.origin, query]), list) : list()
    },
  })
  const choicesTogether = shareReads<Awaited<ReturnType<typeof listEventChoices>>>()
  app.route({
    ...choicesContract,
    handler: async request => {
      const { query } = request
      const ctx = contextOf(deps, request)
      return choicesTogether(JSON.stringify([ctx.storefront.origin, query]), () => listEventChoices(ctx, query))
    },
  })
  app.route({
    ...forms.listManagedEvents,
    handler: async request => listManaged(callerContext(deps, request), request.query),
  })
  app.route({
    ...forms.countManagedEvents,
    handler: async request => countManagedEvents(callerContext(deps, request), request.query),
  })
  app.route({
    ...forms.chooseCover,
    handler: async (request, reply) => {
      await chooseCover(callerContext(deps, request), request.params.id, request.body.photoId)
      return reply.code(204).send(null)
    },
  })
}
