import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Deps } from '../base/deps.ts'
import { acceptAccessTokens } from './access-tokens.ts'
import { identify, requireAccess } from './access.ts'
import { keepFirstAnswers } from './idempotency.ts'
import { notFound } from '../base/problem.ts'
import { requireOurOrigin } from './origin.ts'
import { createPause } from './pause.ts'
import { createLimiter } from './rate-limit.ts'
import { factsOf } from './route-facts.ts'
import { ensureSession, readSession } from './session.ts'
import { createStorefronts, setStorefront } from './storefront.ts'

/**
 * What every request passes before its handler, in this order: who sends it, how often, to which storefront, and from
 * which origin; whether maintenance holds writes back; whether they may; and, where the contract asks for it, whether it
 * was answered before.
 */
export const gate = fp(async (app: FastifyInstance, { deps }: { deps: Deps }) => {
  await app.register(cookie)
  const readToken = await acceptAccessTokens(app, deps)
  app.decorateRequest('accessToken', null)
  app.decorateRequest('caller', null)
  app.decorateRequest('buyer', null)
  app.decorateRequest('storefront', null)
  const findStorefront = createStorefronts(deps)
  const refuseWhilePaused = createPause(deps)
  const limit = await createLimiter(app, deps)

  app.addHook('onRequest', async (request, reply) => {
    const facts = factsOf(request)
    identify(request, readToken)
    await limit(request, reply)
    const storefront = await findStorefront(request.headers.host)
    setStorefront(request, storefront)
    if (storefront === null && !facts.atAnyHost) throw notFound()
    requireOurOrigin(deps.settings, request)
    if (!isRead(request) && !facts.duringMaintenance) await refuseWhilePaused()
    await requireAccess(deps, request, facts)
    if (facts.access === 'session')
      await (isRead(request) ? readSession(deps, request) : ensureSession(deps, request, reply))
  })
  keepFirstAnswers(app, deps)
})

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD'
