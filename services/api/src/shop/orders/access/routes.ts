import * as contract from '@pix/contracts/order-access.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { buyerContext } from '../../../http/context-of.ts'
import { networkOf } from '../../../http/network-of.ts'
import { refuseBeyond } from '../../../http/rate-limit.ts'
import { giveCode } from './give-code.ts'
import { readLink } from './read-link.ts'
import { sendCode } from './send-code.ts'

const HOUR_MS = 3_600_000

/** A paid order opened elsewhere than where it was paid. Tokens and codes come in bodies, which no log keeps. */
export const orderAccessRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const perNetwork = (name: string, max: number) =>
    refuseBeyond(app, deps, { name, max, windowMs: HOUR_MS, key: async request => networkOf(request) })
  const limitCodes = perNetwork('order-codes', deps.settings.LIMIT_IP_ORDER_CODES_PER_HOUR)
  const limitTries = perNetwork('order-tries', deps.settings.LIMIT_IP_ORDER_TRIES_PER_HOUR)

  app.route({
    ...contract.openLink,
    handler: async request => readLink(buyerContext(deps, request), request.body.token),
  })

  app.route({
    ...contract.sendOrderCode,
    handler: async (request, reply) => {
      await limitCodes(request, reply)
      return reply.code(202).send(await sendCode(buyerContext(deps, request), request.body.token))
    },
  })

  app.route({
    ...contract.giveOrderCode,
    handler: async (request, reply) => {
      await limitTries(request, reply)
      return giveCode(buyerContext(deps, request), request.body)
    },
  })
}
