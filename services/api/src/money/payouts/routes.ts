import * as contract from '@pix/contracts/payouts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { browserOf } from '../../http/browser-of.ts'
import { callerContext } from '../../http/context-of.ts'
import { approveBatch } from './approve-batch.ts'
import { bounceLine } from './bounce-line.ts'
import { changeTerms } from './change-terms.ts'
import { discardBatch, draftBatch } from './draft-batch.ts'
import { exportBatch } from './export-batch.ts'
import { listPayable } from './payable.ts'
import { payLines } from './pay-lines.ts'
import { listBatches, readBatch } from './read-batches.ts'
import { reportWithholding } from './report-withholding.ts'

/** Batches of payouts: drafted by owners of a studio, approved and paid by the platform, which holds the money. */
export const payoutRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listPayable,
    handler: async request => listPayable(callerContext(deps, request), request.query.studio),
  })

  app.route({
    ...contract.changePayeeTerms,
    handler: async (request, reply) => {
      await changeTerms(callerContext(deps, request), request.body)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.listPayoutBatches,
    handler: async request => listBatches(callerContext(deps, request), request.query),
  })

  app.route({
    ...contract.draftPayouts,
    handler: async (request, reply) =>
      reply.code(201).send(await draftBatch(callerContext(deps, request), request.body.studioId)),
  })

  app.route({
    ...contract.getPayoutBatch,
    handler: async request => readBatch(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.discardPayouts,
    handler: async request => discardBatch(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.approvePayouts,
    handler: async request =>
      approveBatch(callerContext(deps, request), request.params.id, request.body.password, browserOf(request)),
  })

  app.route({
    ...contract.exportPayouts,
    handler: async request =>
      exportBatch(callerContext(deps, request), request.params.id, request.query.again === 'yes'),
  })

  app.route({
    ...contract.payPayouts,
    handler: async request => payLines(callerContext(deps, request), request.params.id, request.body),
  })

  app.route({
    ...contract.bouncePayout,
    handler: async request => bounceLine(callerContext(deps, request), request.params.id, request.body.reason),
  })

  app.route({
    ...contract.withholdingReport,
    handler: async request => reportWithholding(callerContext(deps, request), request.params.id, request.query),
  })
}
