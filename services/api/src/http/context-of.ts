import { hashToken } from '@pix/db/hash-token.ts'
import type { FastifyRequest } from 'fastify'
import type { BuyerContext, CallerContext, Context } from '../base/context.ts'
import type { Deps } from '../base/deps.ts'
import { callerOf, signedIn } from './access.ts'
import { sessionToken } from './cookies.ts'
import { deviceOf } from './device-of.ts'
import { buyerOf, findBuyer } from './session.ts'
import { storefrontOf } from './storefront.ts'

/** What a request's use cases act with; its log lines and its jobs carry the request's id, on to the worker's log (spec/10). */
export const contextOf = (deps: Deps, request: FastifyRequest): Context => ({
  ...deps,
  storefront: storefrontOf(request) ?? deps.storefront,
  log: deps.log.child({ requestId: request.id }),
  enqueue: deps.enqueue.from(request.id),
  caller: callerOf(request),
  buyer: findBuyer(request),
  browser: browserOf(request),
  from: { ip: request.ip, device: deviceOf(request) },
})

/** On routes whose contract's access is `session`. */
export const buyerContext = (deps: Deps, request: FastifyRequest): BuyerContext => ({
  ...contextOf(deps, request),
  buyer: buyerOf(request),
})

/** On routes whose contract asks for somebody signed in. */
export const callerContext = (deps: Deps, request: FastifyRequest): CallerContext => ({
  ...contextOf(deps, request),
  caller: signedIn(request),
})

function browserOf(request: FastifyRequest): string | null {
  const token = sessionToken(request)
  return token === null ? null : hashToken(token)
}
