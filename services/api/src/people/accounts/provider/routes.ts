import * as contracts from '@pix/contracts/provider.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Deps } from '../../../base/deps.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { attemptToken, clearCookie, setCookie } from '../../../http/cookies.ts'
import { findStorefront } from '../../../http/storefront.ts'
import { confirmPasswordIfAny } from '../password/confirm-password.ts'
import { requireVerifiedEmail } from '../registration/require-verified-email.ts'
import { attemptOf, newAttemptToken, type Purpose } from './attempt.ts'
import { isLinked, linkIdentity, unlinkIdentity } from './link-identity.ts'
import { type OpenidProvider, openProvider } from './openid-provider.ts'
import type { LinkNotice } from './record-link.ts'
import { signInByProvider } from './sign-in-by-provider.ts'

type Returned = z.output<typeof contracts.finishLink.schema.body>

/** How long somebody may take at the provider. */
const ATTEMPT_DAYS = 15 / 1_440

export const providerRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps
  const provider = openProvider(settings)
  const answer = signInAnswers(app, deps)

  /** The provider sends people back to the marketplace alone, and a sign-in's cookies stay with their host. */
  const isMarketplace = (request: FastifyRequest) => contextOf(deps, request).storefront.studio === null

  const opened = (): OpenidProvider => {
    if (!provider) throw notFound()
    return provider
  }

  async function begin(request: FastifyRequest, reply: FastifyReply, purpose: Purpose): Promise<{ url: string }> {
    if (!isMarketplace(request)) throw notFound()
    const token = newAttemptToken()
    const { href } = await opened().begin(attemptOf(settings.JWT_SECRET, token, purpose))
    setCookie(settings, reply, 'attempt', { token, days: ATTEMPT_DAYS })
    return { url: href }
  }

  /** The attempt's cookie is good once, whatever comes of it. */
  async function finish(request: FastifyRequest<{ Body: Returned }>, reply: FastifyReply, purpose: Purpose) {
    const from = opened()
    const token = attemptToken(settings, request)
    if (token === undefined) throw new Problem('provider_refused')
    clearCookie(settings, reply, 'attempt')
    return from.finish(request.body.search, attemptOf(settings.JWT_SECRET, token, purpose))
  }

  /** The account page at the storefront from which somebody came to link. */
  async function wayBack(slug: string | undefined) {
    const from = slug === undefined ? null : await findStorefront(deps, slug)
    if (!from?.studio) return null
    const { nameTh: th, nameEn: en } = from.studio
    return { name: { th, en }, url: `${from.origin}/account/two-factor` }
  }

  const noticeOf = ({ body: { locale } }: FastifyRequest<{ Body: Pick<Returned, 'locale'> }>): LinkNotice => ({
    provider: opened().name,
    locale,
  })

  const linking = (request: FastifyRequest): Purpose => `link:${callerContext(deps, request).caller.userId}`

  app.route({
    ...contracts.readProvider,
    handler: async request => ({ name: (isMarketplace(request) && provider?.name) || null }),
  })

  app.route({ ...contracts.beginAtProvider, handler: async (request, reply) => begin(request, reply, 'sign_in') })

  app.route({
    ...contracts.finishAtProvider,
    handler: async (request, reply) => {
      const identity = await finish(request, reply, 'sign_in')
      const notice = noticeOf(request)
      const step = await signInByProvider(contextOf(deps, request), identity, { notice, browser: browserOf(request) })
      return answer.begun(request, reply, step)
    },
  })

  app.route({
    ...contracts.readProviderLink,
    handler: async request => {
      const ctx = callerContext(deps, request)
      return {
        name: provider?.name ?? null,
        isLinked: provider !== null && (await isLinked(ctx, provider.issuer)),
        back: await wayBack(request.query.from),
      }
    },
  })

  app.route({
    ...contracts.beginLink,
    handler: async (request, reply) => {
      const ctx = callerContext(deps, request)
      await requireVerifiedEmail(ctx)
      await confirmPasswordIfAny(ctx, request.body.password, browserOf(request))
      return begin(request, reply, linking(request))
    },
  })

  app.route({
    ...contracts.finishLink,
    handler: async (request, reply) => {
      const identity = await finish(request, reply, linking(request))
      await linkIdentity(callerContext(deps, request), identity, noticeOf(request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.removeLink,
    handler: async (request, reply) => {
      const { issuer } = opened()
      const ctx = callerContext(deps, request)
      await confirmPasswordIfAny(ctx, request.body.password, browserOf(request))
      await unlinkIdentity(ctx, issuer, noticeOf(request))
      return reply.code(204).send(null)
    },
  })
}
