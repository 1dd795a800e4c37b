import * as contract from '@pix/contracts/transfers.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { buyerContext, callerContext, contextOf } from '../../../http/context-of.ts'
import { readForm } from '../../../http/multipart.ts'
import { readTransfer } from './read-transfer.ts'
import { sendSlip } from './send-slip.ts'
import { readAccount, setAccount } from './transfer-account.ts'

/** Paying by a transfer by hand. */
export const transferRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const limits = { fileBytes: deps.settings.SELFIE_MAX_BYTES }

  app.route({
    ...contract.getTransfer,
    handler: async request => readTransfer(buyerContext(deps, request), request.params.id),
  })

  app.route({
    ...contract.sendSlip,
    handler: async (request, reply) => {
      const form = readForm(request, contract.sendSlip.config.form, limits)
      return reply.code(202).send(await sendSlip(buyerContext(deps, request), request.params.id, form))
    },
  })

  app.route({
    ...contract.readTransferAccount,
    handler: async request => readAccount(contextOf(deps, request)),
  })

  app.route({
    ...contract.setTransferAccount,
    handler: async request => setAccount(callerContext(deps, request), request.body, browserOf(request)),
  })
}
