import { unlockAccount as contract } from '@pix/contracts/accounts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { signInAnswers } from '../../../http/answer-sign-in.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { contextOf } from '../../../http/context-of.ts'
import { unlockAccount } from './unlock-account.ts'

export const unlockRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const answer = signInAnswers(app, deps)

  app.route({
    ...contract,
    handler: async (request, reply) => {
      const deviceToken = await unlockAccount(contextOf(deps, request), request.body.token, browserOf(request))
      answer.known(reply, deviceToken)
      return reply.code(204).send(null)
    },
  })
}
