import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import { identify, requireAccess, requireFresh } from './access.ts'
import { keepFirstAnswers } from './idempotency.ts'
import { requireOurOrigin } from './origin.ts'
import { createLimiter } from './rate-limit.ts'
import { factsOf } from './route-facts.ts'
import { ensureSession } from './session.ts'

export const ACCESS_TOKEN_SECONDS = 900

/**
 * What every request passes before its handler, in this order: who is it, how often, from where, may they, and (where
 * the contract asks for it) was this answered before.
 */
export const gate = fp(async (app: FastifyInstance, { deps }: { deps: Deps }) => {
  await app.register(cookie)
  await app.register(jwt, {
    secret: deps.settings.JWT_SECRET,
    sign: { algorithm: 'HS256', expiresIn: ACCESS_TOKEN_SECONDS },
    verify: { algorithms: ['HS256'] },
  })
  app.decorateRequest('caller', null)
  app.decorateRequest('buyer', null)
  const limit = await createLimiter(app, deps)

  app.addHook('onRequest', async (request, reply) => {
    const { access, idempotent } = factsOf(request)
    identify(app, deps, request)
    await limit(request, reply)
    requireOurOrigin(deps.settings, request)
    await requireAccess(deps, request, access)
    if (idempotent) await requireFresh(deps, request)
    if (access === 'session') await ensureSession(deps, request, reply)
  })
  keepFirstAnswers(app, deps)
})
