import * as contracts from '@pix/contracts/second-factor.ts'
import * as lost from '@pix/contracts/lost-factor.ts'
import { answerSecondFactor } from '@pix/contracts/second-step.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { challengeToken, clearCookie } from '../../../http/cookies.ts'
import { answerChallenge } from './challenge.ts'
import { disableSecondFactor, renewRecoveryCodes } from './change-second-factor.ts'
import { beginSecondFactor, confirmSecondFactor } from './enrol.ts'
import { keepFactor, keepOwnFactor } from './lost/keep-factor.ts'
import { reportLostFactor } from './lost/report-lost-factor.ts'
import { readSecondFactor } from './read-second-factor.ts'

export const secondFactorRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps
  const answer = signInAnswers(app, deps)

  app.route({ ...contracts.readSecondFactor, handler: async request => readSecondFactor(callerContext(deps, request)) })

  app.route({
    ...contracts.beginSecondFactor,
    handler: async (request, reply) => {
      const { password } = request.body
      return reply.code(201).send(await beginSecondFactor(callerContext(deps, request), password, browserOf(request)))
    },
  })

  app.route({
    ...contracts.confirmSecondFactor,
    handler: async request => ({
      recoveryCodes: await confirmSecondFactor(callerContext(deps, request), request.body),
    }),
  })

  app.route({
    ...contracts.renewRecoveryCodes,
    handler: async request => ({
      recoveryCodes: await renewRecoveryCodes(callerContext(deps, request), request.body),
    }),
  })

  app.route({
    ...contracts.disableSecondFactor,
    handler: async (request, reply) => {
      await disableSecondFactor(callerContext(deps, request), request.body, browserOf(request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...lost.reportLostFactor,
    handler: async request =>
      reportLostFactor(contextOf(deps, request), challengeToken(settings, request), request.body.locale),
  })

  app.route({
    ...lost.keepFactor,
    handler: async (request, reply) => {
      await keepFactor(contextOf(deps, request), request.body.token)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...lost.keepOwnFactor,
    handler: async (request, reply) => {
      await keepOwnFactor(callerContext(deps, request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...answerSecondFactor,
    handler: async (request, reply) => {
      const given = { ...request.body, token: challengeToken(settings, request) }
      const signIn = await answerChallenge(contextOf(deps, request), given, browserOf(request))
      clearCookie(settings, reply, 'challenge')
      return answer.begun(request, reply, signIn)
    },
  })
}
