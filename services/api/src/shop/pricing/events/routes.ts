import { duplicateEvent as duplicate } from '@pix/contracts/event-form.ts'
import { createEvent } from '@pix/contracts/event-fields.ts'
import { getEvent } from '@pix/contracts/events.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { addEvent } from './change-events.ts'
import { duplicateEvent } from './duplicate-event.ts'
import { findEvent } from './find-event.ts'

/** An event as its page shows it: with its photos' times and its lowest price. */
export const eventPageRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...getEvent,
    handler: async request => findEvent(contextOf(deps, request), request.params.id),
  })

  app.route({
    ...createEvent,
    handler: async (request, reply) => reply.code(201).send(await addEvent(callerContext(deps, request), request.body)),
  })

  app.route({
    ...duplicate,
    handler: async (request, reply) =>
      reply.code(201).send(await duplicateEvent(callerContext(deps, request), request.params.id, request.body)),
  })
}
