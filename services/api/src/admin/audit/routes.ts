import * as contracts from '@pix/contracts/audit.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { exportAudit } from './export-audit.ts'
import { listAudit } from './list-audit.ts'

export const auditRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listAudit,
    handler: async request => listAudit(contextOf(deps, request), request.query),
  })

  app.route({
    ...contracts.exportAudit,
    handler: async (request, reply) => {
      const { type, name, body } = await exportAudit(callerContext(deps, request), request.query)
      return reply
        .header('content-type', type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(body)
    },
  })
}
