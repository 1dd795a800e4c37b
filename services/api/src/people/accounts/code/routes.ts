import * as contract from '@pix/contracts/accounts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { captchaOf } from '../../../http/captcha-of.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { contextOf } from '../../../http/context-of.ts'
import { limitLetters } from '../../../http/limit-letters.ts'
import { refuseWithoutCaptcha } from '../captcha/check-captcha.ts'
import { placeKeys } from '../find-place.ts'
import { sendCode } from './send-code.ts'
import { signInByCode } from './sign-in-by-code.ts'

export const codeRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const answer = signInAnswers(app, deps)
  const limit = limitLetters(app, deps, request =>
    placeKeys(contextOf(deps, request), (request.body as { email: string }).email, browserOf(request)),
  )

  app.route({
    ...contract.sendSignInCode,
    handler: async (request, reply) => {
      await refuseWithoutCaptcha(contextOf(deps, request), captchaOf(request))
      await limit(request, reply)
      return reply.code(202).send(await sendCode(contextOf(deps, request), request.body))
    },
  })

  app.route({
    ...contract.signInByCode,
    handler: async (request, reply) =>
      answer.begun(request, reply, await signInByCode(contextOf(deps, request), request.body, browserOf(request))),
  })
}
