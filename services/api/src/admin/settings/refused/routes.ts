import * as contracts from '@pix/contracts/refused-addresses.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { liftAddress } from './lift-address.ts'
import { listRefused } from './list-refused.ts'

/** Addresses that letters are no longer sent to. */
export const refusedAddressRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listRefusedAddresses,
    handler: async request => listRefused(contextOf(deps, request), request.query),
  })

  app.route({
    ...contracts.liftRefusedAddress,
    handler: async (request, reply) => {
      await liftAddress(callerContext(deps, request), request.body.address)
      return reply.code(204).send(null)
    },
  })
}
