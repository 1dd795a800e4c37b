import * as contracts from '@pix/contracts/checks.ts'
import { readLimits as limitsContract } from '@pix/contracts/limits.ts'
import { setSupportContacts as supportContract } from '@pix/contracts/support.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { checkGateways } from './check-gateways.ts'
import { checkStorage } from './check-storage.ts'
import { readLimits } from './read-limits.ts'
import { setSupportContacts } from './set-support-contacts.ts'
import { findTestLetter, sendTestLetter } from './test-letter.ts'

/** Whether what the settings name works, asked live each time, which limits they set, and where people reach somebody. */
export const settingsRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({ ...contracts.checkStorage, handler: async request => checkStorage(contextOf(deps, request)) })

  app.route({
    ...contracts.checkGateways,
    handler: async request => ({ items: await checkGateways(contextOf(deps, request)) }),
  })

  app.route({
    ...contracts.sendTestLetter,
    handler: async (request, reply) =>
      reply.code(201).send(await sendTestLetter(callerContext(deps, request), request.body.locale, request.body.of)),
  })

  app.route({
    ...contracts.getTestLetter,
    handler: async request => findTestLetter(callerContext(deps, request), request.params.id),
  })

  app.route({ ...limitsContract, handler: async () => readLimits(deps.settings) })

  app.route({
    ...supportContract,
    handler: async request => setSupportContacts(callerContext(deps, request), request.body),
  })
}
