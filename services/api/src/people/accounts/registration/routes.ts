import {
  register as registerContract,
  resendVerification as resend,
  verifyEmail as verify,
} from '@pix/contracts/accounts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { captchaOf } from '../../../http/captcha-of.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { contextOf } from '../../../http/context-of.ts'
import { limitLetters } from '../../../http/limit-letters.ts'
import { refuseWithoutCaptcha } from '../captcha/check-captcha.ts'
import { placeKeys } from '../find-place.ts'
import { register, resendVerification } from './register.ts'
import { verifyEmail } from './verify-email.ts'

export const registrationRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const answer = signInAnswers(app, deps)
  const limit = limitLetters(app, deps, request =>
    placeKeys(contextOf(deps, request), (request.body as { email: string }).email, browserOf(request)),
  )

  app.route({
    ...registerContract,
    handler: async (request, reply) => {
      await refuseWithoutCaptcha(contextOf(deps, request), captchaOf(request))
      await limit(request, reply)
      await register(contextOf(deps, request), request.body)
      return reply.code(202).send(null)
    },
  })

  app.route({
    ...resend,
    handler: async (request, reply) => {
      await refuseWithoutCaptcha(contextOf(deps, request), captchaOf(request))
      await limit(request, reply)
      await resendVerification(contextOf(deps, request), request.body)
      return reply.code(202).send(null)
    },
  })

  app.route({
    ...verify,
    handler: async (request, reply) => {
      const signIn = await verifyEmail(contextOf(deps, request), request.body, browserOf(request))
      return answer.begun(request, reply, signIn)
    },
  })
}
