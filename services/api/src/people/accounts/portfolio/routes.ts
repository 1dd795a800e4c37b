import * as contract from '@pix/contracts/photographers.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { changeOwnPortfolio, readOwnPortfolio } from './change-portfolio.ts'

/** What a photographer says of themselves in public. */
export const portfolioRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contract.readOwnPortfolio,
    handler: async request => ({ portfolio: await readOwnPortfolio(callerContext(deps, request)) }),
  })

  app.route({
    ...contract.changeOwnPortfolio,
    handler: async request => ({ portfolio: await changeOwnPortfolio(callerContext(deps, request), request.body) }),
  })
}
