import * as payees from '@pix/contracts/payees.ts'
import * as payouts from '@pix/contracts/own-payouts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext } from '../../../http/context-of.ts'
import { changePayee } from './change-payee.ts'
import { linkOwnCertificate, listOwnPayouts } from './list-payouts.ts'
import { listOwnPayees } from './own-payees.ts'

/** Routes for people to whom shares are paid out: their bank account, and what was paid. */
export const ownPayoutRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...payees.listOwnPayees,
    handler: async request => listOwnPayees(callerContext(deps, request), request.params.party),
  })

  app.route({
    ...payees.changePayee,
    handler: async request =>
      changePayee(callerContext(deps, request), request.params, request.body, browserOf(request)),
  })

  app.route({
    ...payouts.listOwnPayouts,
    handler: async request => listOwnPayouts(callerContext(deps, request), request.params.party, request.query),
  })

  app.route({
    ...payouts.linkOwnCertificate,
    handler: async request => linkOwnCertificate(callerContext(deps, request), request.params),
  })
}
