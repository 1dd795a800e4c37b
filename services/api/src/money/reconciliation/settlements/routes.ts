import * as contract from '@pix/contracts/settlements.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { listSettlements } from './list-settlements.ts'
import { reckon } from './reckon.ts'
import { recordSettlement } from './record-settlement.ts'

/** What gateways' own statements say, beside our books. */
export const settlementRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listSettlements,
    handler: async request => listSettlements(contextOf(deps, request), request.query),
  })

  app.route({
    ...contract.expectSettlement,
    handler: async request => reckon(contextOf(deps, request).db, request.query),
  })

  app.route({
    ...contract.recordSettlement,
    handler: async (request, reply) =>
      reply.code(201).send(await recordSettlement(callerContext(deps, request), request.body)),
  })
}
