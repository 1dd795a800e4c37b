import { setEventStatus } from '@pix/contracts/event-fields.ts'
import { readPhotographerOffer } from '@pix/contracts/photographer-offer.ts'
import * as contracts from '@pix/contracts/split-rules.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { asStranger } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { shareReads } from '../../base/share-reads.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { listRules } from './list-rules.ts'
import { moveEvent } from './move-event.ts'
import { readEventRule } from './read-event-rule.ts'
import { readOffer } from './read-offer.ts'
import { addRate, addRule, putDeductions } from './write-rules.ts'

/** Who gets what of a sale, and the move of an event that asks for it. */
export const splitRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...setEventStatus,
    handler: async request => moveEvent(callerContext(deps, request), request.params.id, request.body.status),
  })

  const offers = shareReads<Awaited<ReturnType<typeof readOffer>>>()
  app.route({
    ...readPhotographerOffer,
    handler: async request => {
      const ctx = asStranger(contextOf(deps, request))
      return offers(ctx.storefront.origin, () => readOffer(ctx))
    },
  })

  app.route({
    ...contracts.splitRules,
    handler: async request => listRules(callerContext(deps, request), request.query.studio),
  })

  app.route({
    ...contracts.eventSplitRule,
    handler: async request => readEventRule(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.addSplitRule,
    handler: async (request, reply) =>
      reply.code(201).send({ id: await addRule(callerContext(deps, request), request.body) }),
  })

  app.route({
    ...contracts.addPhotographerRate,
    handler: async (request, reply) =>
      reply.code(201).send({ id: await addRate(callerContext(deps, request), request.body) }),
  })

  app.route({
    ...contracts.setDeductions,
    handler: async (request, reply) => {
      await putDeductions(callerContext(deps, request), request.body)
      return reply.code(204).send(null)
    },
  })
}
