import { deleteEvent as deleteEventContract } from '@pix/contracts/event-form.ts'
import { deletePhoto as deletePhotoContract } from '@pix/contracts/delete-photo.ts'
import * as contracts from '@pix/contracts/privacy.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { browserOf } from '../../http/browser-of.ts'
import { buyerContext, callerContext, contextOf } from '../../http/context-of.ts'
import { clearCookie } from '../../http/cookies.ts'
import { deleteAddress } from './delete-address.ts'
import { listMyAddresses } from './my-addresses.ts'
import { deleteAccount } from './delete-account.ts'
import { deleteEvent } from './delete-event.ts'
import { deletePhoto } from './delete-photo.ts'
import { deleteVisit } from './delete-visit.ts'
import { privacyFacts } from './privacy-facts.ts'
import { zipExport } from './zip-export.ts'
import { changeMyConsent, listMyConsents } from './my-consents.ts'

/** What a person may ask of us about themselves. */
export const privacyRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listMyConsents,
    handler: async request => listMyConsents(buyerContext(deps, request)),
  })

  app.route({
    ...contracts.changeMyConsent,
    handler: async request => changeMyConsent(buyerContext(deps, request), request.body),
  })

  app.route({
    ...deleteEventContract,
    handler: async (request, reply) => {
      await deleteEvent(callerContext(deps, request), request.params.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...deletePhotoContract,
    handler: async request => deletePhoto(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.privacyFacts,
    handler: async request => privacyFacts(contextOf(deps, request)),
  })

  app.route({
    ...contracts.exportMe,
    handler: async (request, reply) => {
      const zip = await zipExport(buyerContext(deps, request))
      return reply
        .header('content-type', 'application/zip')
        .header('content-disposition', 'attachment; filename="my-data.zip"')
        .send(zip)
    },
  })

  app.route({
    ...contracts.deleteVisit,
    handler: async (request, reply) => {
      await deleteVisit(buyerContext(deps, request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.listMyAddresses,
    handler: async request => listMyAddresses(buyerContext(deps, request)),
  })

  app.route({
    ...contracts.deleteAddress,
    handler: async (request, reply) => {
      await deleteAddress(buyerContext(deps, request), request.body.orderId)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.deleteAccount,
    handler: async (request, reply) => {
      await deleteAccount(callerContext(deps, request), request.body, browserOf(request))
      clearCookie(deps.settings, reply, 'refresh')
      return reply.code(204).send(null)
    },
  })
}
