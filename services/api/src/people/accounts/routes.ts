import { changeProfile } from '@pix/contracts/accounts.ts'
import { login, logout, me, refresh } from '@pix/contracts/auth.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { Problem } from '../../base/problem.ts'
import { signInAnswers } from '../../http/answer-sign-in.ts'
import { browserOf } from '../../http/browser-of.ts'
import { captchaOf } from '../../http/captcha-of.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { clearCookie } from '../../http/cookies.ts'
import { refuseBeyond } from '../../http/rate-limit.ts'
import { adoptSession, endSession } from '../../http/renew-session.ts'
import { changeName } from './change-name.ts'
import { refuseWithoutCaptcha } from './captcha/check-captcha.ts'
import { captchaRoutes } from './captcha/routes.ts'
import { codeRoutes } from './code/routes.ts'
import { deviceRoutes } from './devices/routes.ts'
import { findPlace, placeKeys } from './find-place.ts'
import { findUser } from './find-user.ts'
import { asksForCaptcha } from './lockout.ts'
import { letterRoutes } from './letters/routes.ts'
import { passwordRoutes } from './password/routes.ts'
import { portfolioRoutes } from './portfolio/routes.ts'
import { providerRoutes } from './provider/routes.ts'
import { rotate } from './refresh-tokens.ts'
import { registrationRoutes } from './registration/routes.ts'
import { secondFactorRoutes } from './second-factor/routes.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { unlockRoutes } from './unlock/routes.ts'

export const authRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps
  const answer = signInAnswers(app, deps)

  const limitAccount = refuseBeyond(app, deps, {
    name: 'account',
    max: settings.LIMIT_LOGINS_PER_MINUTE,
    windowMs: 60_000,
    key: async request => {
      const { email } = request.body as { email: string }
      return (await placeKeys(contextOf(deps, request), email, browserOf(request))).place
    },
  })

  app.route({
    ...login,
    handler: async (request, reply) => {
      await limitAccount(request, reply)
      const { email, password } = request.body
      const [ctx, browser] = [contextOf(deps, request), browserOf(request)]
      const place = await findPlace(ctx, email, browser)
      if (await asksForCaptcha(ctx, place)) await refuseWithoutCaptcha(ctx, captchaOf(request))
      return answer.begun(request, reply, await signIn(ctx, { place, password, browser }))
    },
  })

  app.route({
    ...refresh,
    handler: async (request, reply) => {
      const browser = browserOf(request)
      const shown = browser.refreshToken
      const rotated = shown === null ? null : await rotate(contextOf(deps, request), shown, browser)
      if (rotated) {
        const { user, token } = rotated
        await adoptSession(deps, request, reply, token)
        return answer.renewed(reply, {
          user: await findUser(deps, user.id),
          sessionVersion: user.sessionVersion,
          token,
        })
      }
      clearCookie(settings, reply, 'refresh')
      throw new Problem('session_expired')
    },
  })

  app.route({
    ...logout,
    handler: async (request, reply) => {
      const { refreshToken } = browserOf(request)
      if (refreshToken !== null) await signOut(contextOf(deps, request), refreshToken)
      await endSession(deps, request, reply)
      clearCookie(settings, reply, 'refresh')
      return reply.code(204).send(null)
    },
  })

  app.route({ ...me, handler: async request => findUser(deps, callerContext(deps, request).caller.userId) })

  app.route({
    ...changeProfile,
    handler: async request => changeName(callerContext(deps, request), request.body.name),
  })

  const parts = [captchaRoutes, registrationRoutes, passwordRoutes, codeRoutes, deviceRoutes, unlockRoutes]
  for (const routes of [...parts, secondFactorRoutes, providerRoutes, portfolioRoutes, letterRoutes])
    await app.register(routes, { deps })
}
