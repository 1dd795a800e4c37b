import type { SignedIn, User } from '@pix/contracts/auth.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { CHALLENGE_MINUTES } from '../base/second-factor-rule.ts'
import { ACCESS_TOKEN_SECONDS } from './access-tokens.ts'
import { setCookie } from './cookies.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { renewSession } from './renew-session.ts'

interface GoingOn {
  user: User
  sessionVersion: number
  /** The refresh token. */
  token: string
}

interface Begun extends GoingOn {
  deviceToken: string
}

/** Answers somebody who has signed in: the access token in the body, the refresh token in its cookie. */
export function signInAnswers(app: FastifyInstance, deps: Deps) {
  const { settings, now } = deps

  /** For a sign-in that goes on. */
  function renewed(reply: FastifyReply, { user, sessionVersion, token }: GoingOn): z.infer<typeof SignedIn> {
    setCookie(settings, reply, 'refresh', { token, days: settings.REFRESH_DAYS })
    const seconds = Math.floor(now().getTime() / 1000)
    return {
      accessToken: app.jwt.sign({ sub: user.id, role: user.role, sv: sessionVersion, iat: seconds }),
      expiresAt: new Date((seconds + ACCESS_TOKEN_SECONDS) * 1000).toISOString(),
      user,
    }
  }

  /** The browser is known from now on. */
  const known = (reply: FastifyReply, deviceToken: string) =>
    setCookie(settings, reply, 'device', { token: deviceToken, days: KEPT.deviceDays })

  /**
   * For a sign-in that begins: the visitor's session carries the user from here on, under a new cookie. One that waits for
   * its code has its challenge in a cookie.
   *
   * @throws Problem `second_factor_needed`
   */
  async function begun(request: FastifyRequest, reply: FastifyReply, signIn: Begun | { challenge: string }) {
    if ('challenge' in signIn) {
      setCookie(settings, reply, 'challenge', { token: signIn.challenge, days: CHALLENGE_MINUTES / 1_440 })
      throw new Problem('second_factor_needed')
    }
    const answer = renewed(reply, signIn)
    known(reply, signIn.deviceToken)
    await renewSession(deps, request, reply, signIn.token)
    return answer
  }

  return { renewed, begun, known }
}
