import * as contract from '@pix/contracts/adjustments.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext } from '../../../http/context-of.ts'
import { listAdjustable } from './accounts.ts'
import { listAdjustments } from './list-adjustments.ts'
import { postAdjustment } from './post-adjustment.ts'

/** Corrections by hand: posted by the platform, which holds the money; read by the owners of the studio. */
export const adjustmentRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.listAdjustments,
    handler: async request => listAdjustments(callerContext(deps, request), request.query),
  })

  app.route({
    ...contract.listAdjustable,
    handler: async request => listAdjustable(callerContext(deps, request), request.query.studio),
  })

  app.route({
    ...contract.postAdjustment,
    handler: async (request, reply) =>
      reply.code(201).send(await postAdjustment(callerContext(deps, request), request.body, browserOf(request))),
  })
}
