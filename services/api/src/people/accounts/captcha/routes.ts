import { readCaptcha } from '@pix/contracts/captcha.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { contextOf } from '../../../http/context-of.ts'
import { issueCaptcha } from './issue-captcha.ts'

export const captchaRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...readCaptcha,
    handler: async (request, reply) => {
      // The next one to ask must get another.
      reply.header('cache-control', 'no-store')
      return issueCaptcha(contextOf(deps, request))
    },
  })
}
