import * as contract from '@pix/contracts/photographers.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { contextOf } from '../../../http/context-of.ts'
import { findPortfolio } from './find-portfolio.ts'

export const photographerRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.readPortfolio,
    handler: async request => findPortfolio(contextOf(deps, request), request.params.slug),
  })
}
