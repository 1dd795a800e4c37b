import * as contract from '@pix/contracts/accounts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { captchaOf } from '../../../http/captcha-of.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { limitLetters } from '../../../http/limit-letters.ts'
import { refuseWithoutCaptcha } from '../captcha/check-captcha.ts'
import { placeKeys } from '../find-place.ts'
import { changePassword } from './change-password.ts'
import { resetPassword } from './reset-password.ts'
import { sendResetLetter } from './send-reset-letter.ts'

export const passwordRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const answer = signInAnswers(app, deps)
  const limit = limitLetters(app, deps, request =>
    placeKeys(contextOf(deps, request), (request.body as { email: string }).email, browserOf(request)),
  )

  app.route({
    ...contract.forgotPassword,
    handler: async (request, reply) => {
      await refuseWithoutCaptcha(contextOf(deps, request), captchaOf(request))
      await limit(request, reply)
      await sendResetLetter(contextOf(deps, request), request.body)
      return reply.code(202).send(null)
    },
  })

  app.route({
    ...contract.resetPassword,
    handler: async (request, reply) => {
      const deviceToken = await resetPassword(contextOf(deps, request), request.body, browserOf(request).deviceToken)
      answer.known(reply, deviceToken)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contract.changePassword,
    handler: async (request, reply) => {
      const signIn = await changePassword(callerContext(deps, request), request.body, browserOf(request))
      return answer.begun(request, reply, signIn)
    },
  })
}
