import { endDifference as contract } from '@pix/contracts/reconciliation.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { endDifference } from '../../../money/reconciliation/index.ts'
import { endLine } from '../end-line.ts'

/** What is done about differences of the books. */
export const differenceLineRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract,
    handler: async (request, reply) => {
      const ctx = callerContext(deps, request)
      const { id } = request.params
      await endLine(ctx, { kind: 'difference', id }, tx => endDifference(ctx, tx, id, request.body.reason))
      return reply.code(204).send(null)
    },
  })
}
