import * as contracts from '@pix/contracts/letter-choices.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { changeChoices, readChoices, stopByLink } from './choose-letters.ts'

/** Bytes of `List-Unsubscribe=One-Click`, and room for what a mail program adds. */
const ONE_CLICK_BYTES = 1_000

/** Which letters people get about their work: on their page, and by the link below each letter. */
export const letterRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  // What mail programs post says nothing that the address does not.
  app.addContentTypeParser(
    contracts.stopLetters.config.bytes.type,
    { parseAs: 'string', bodyLimit: ONE_CLICK_BYTES },
    async () => undefined,
  )

  app.route({
    ...contracts.readLetterChoices,
    handler: async request => readChoices(callerContext(deps, request)),
  })

  app.route({
    ...contracts.changeLetterChoices,
    handler: async request => changeChoices(callerContext(deps, request), request.body),
  })

  app.route({
    ...contracts.stopLetters,
    handler: async (request, reply) => {
      await stopByLink(contextOf(deps, request), request.query.token)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.openStopPage,
    handler: async (request, reply) =>
      reply.redirect(`${contextOf(deps, request).storefront.origin}/letters#${request.query.token}`, 302),
  })
}
