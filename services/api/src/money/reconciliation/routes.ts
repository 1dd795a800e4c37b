import * as contract from '@pix/contracts/reconciliation.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { listDifferences, listReconciliations } from './list-reconciliations.ts'
import { reconcileNow } from './reconcile-now.ts'

/** What gateways, receipts and ledger say, side by side. */
export const reconciliationRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listReconciliations,
    handler: async request => listReconciliations(contextOf(deps, request), request.query),
  })

  app.route({
    ...contract.listDifferences,
    handler: async request => listDifferences(contextOf(deps, request), request.query),
  })

  app.route({
    ...contract.reconcileNow,
    handler: async (request, reply) =>
      reply.code(202).send(await reconcileNow(callerContext(deps, request), request.body.day)),
  })
}
