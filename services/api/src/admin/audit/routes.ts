import * as contracts from '@pix/contracts/audit.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { contextOf } from '../../http/context-of.ts'
import { listAudit } from './list-audit.ts'

export const auditRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listAudit,
    handler: async request => listAudit(contextOf(deps, request), request.query),
  })
}
