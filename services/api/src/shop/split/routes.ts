import { setEventStatus } from '@pix/contracts/event-fields.ts'
import * as contracts from '@pix/contracts/split-rules.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { listRules } from './list-rules.ts'
import { moveEvent } from './move-event.ts'
import { addRate, addRule, putDeductions } from './write-rules.ts'

/** Who gets what of a sale, and the move of an event that asks for it. */
export const splitRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...setEventStatus,
    handler: async request => moveEvent(callerContext(deps, request), request.params.id, request.body.status),
  })

  app.route({
    ...contracts.splitRules,
    handler: async request => listRules(callerContext(deps, request), request.query.studio),
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
