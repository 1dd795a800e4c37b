import { login, logout, me, refresh, type SignedIn } from '@pix/contracts/auth.ts'
import { accountEmail } from '@pix/contracts/email.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Deps } from '../../base/deps.ts'
import { ACCESS_TOKEN_SECONDS } from '../../http/access-tokens.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { clearCookie, refreshToken, setCookie } from '../../http/cookies.ts'
import { deviceOf } from '../../http/device-of.ts'
import { networkOf } from '../../http/network-of.ts'
import { refuseBeyond } from '../../http/rate-limit.ts'
import { endSession, renewSession } from '../../http/renew-session.ts'
import { Problem } from '../../base/problem.ts'
import { findUser } from './find-user.ts'
import { keyOf, type Place } from './lockout.ts'
import { familyOf, rotate, type SignedInUser } from './refresh-tokens.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

export const authRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings, now } = deps
  function answerSignedIn(reply: FastifyReply, user: SignedInUser, token: string): z.infer<typeof SignedIn> {
    setCookie(settings, reply, 'refresh', { token, days: settings.REFRESH_DAYS })
    const { id, email, name, role, sessionVersion } = user
    const seconds = Math.floor(now().getTime() / 1000)
    return {
      accessToken: app.jwt.sign({ sub: id, role, sv: sessionVersion, iat: seconds }),
      expiresAt: new Date((seconds + ACCESS_TOKEN_SECONDS) * 1000).toISOString(),
      user: { id, email, name, role },
    }
  }

  /** Strangers share what they may try with their network; a browser that is signed in to the account does not. */
  async function placeOf(request: FastifyRequest): Promise<Place> {
    const address = emailOf(request)
    const token = refreshToken(request)
    const family = token === undefined ? null : await familyOf(contextOf(deps, request), token, address)
    return { address, from: family === null ? { network: networkOf(request) } : { family } }
  }

  const limitAccount = refuseBeyond(app, deps, {
    name: 'account',
    max: settings.LIMIT_LOGINS_PER_MINUTE,
    windowMs: 60_000,
    key: async request => keyOf(await placeOf(request)),
  })

  app.route({
    ...login,
    handler: async (request, reply) => {
      await limitAccount(request, reply)
      const { password } = request.body
      const place = await placeOf(request)
      const { user, token } = await signIn(contextOf(deps, request), { place, password, device: deviceOf(request) })
      await renewSession(deps, request, reply)
      return answerSignedIn(reply, user, token)
    },
  })

  app.route({
    ...refresh,
    handler: async (request, reply) => {
      const token = refreshToken(request)
      const rotated = token === undefined ? null : await rotate(contextOf(deps, request), token, deviceOf(request))
      if (rotated) return answerSignedIn(reply, rotated.user, rotated.token)
      clearCookie(settings, reply, 'refresh')
      throw new Problem('session_expired')
    },
  })

  app.route({
    ...logout,
    handler: async (request, reply) => {
      const token = refreshToken(request)
      if (token !== undefined) await signOut(contextOf(deps, request), token)
      await endSession(deps, request, reply)
      clearCookie(settings, reply, 'refresh')
      return reply.code(204).send(null)
    },
  })

  app.route({ ...me, handler: async request => findUser(callerContext(deps, request)) })
}

const emailOf = (request: FastifyRequest): string => accountEmail((request.body as { email: string }).email)
