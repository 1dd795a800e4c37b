import * as contracts from '@pix/contracts/letter-words.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { previewLetter } from './preview-letter.ts'
import { listLetters, readLetter } from './read-letter.ts'
import { setLetterWords } from './set-letter-words.ts'

/** What programs write to people, and in which words. */
export const letterRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...contracts.listLetters, handler: async request => listLetters(contextOf(deps, request)) })

  app.route({
    ...contracts.getLetter,
    handler: async request => readLetter(contextOf(deps, request), request.params.template),
  })

  app.route({
    ...contracts.previewLetter,
    handler: async request => previewLetter(contextOf(deps, request), request.params.template, request.body),
  })

  app.route({
    ...contracts.setLetterWords,
    handler: async request => setLetterWords(callerContext(deps, request), request.params, request.body),
  })

  app.route({
    ...contracts.forgetLetterWords,
    handler: async request => setLetterWords(callerContext(deps, request), request.params, null),
  })
}
