import * as contracts from '@pix/contracts/studio-settings.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { browserOf } from '../../../http/browser-of.ts'
import { callerContext, contextOf } from '../../../http/context-of.ts'
import { readForm } from '../../../http/multipart.ts'
import { LOGO_LIMITS, removeLogo, uploadLogo } from './change-logo.ts'
import { changeLook, chooseGateway } from './change-settings.ts'
import { closeStudio } from './close-studio.ts'
import { openLogo } from './open-logo.ts'
import { readSettings } from './read-settings.ts'

/** A studio's settings. */
export const studioSettingsRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.readStudioSettings,
    handler: async request => readSettings(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.changeStudioLook,
    handler: async request => changeLook(callerContext(deps, request), request.params.id, request.body),
  })

  app.route({
    ...contracts.chooseGateway,
    handler: async request => chooseGateway(callerContext(deps, request), request.params.id, request.body.gateway),
  })

  app.route({
    ...contracts.uploadLogo,
    handler: async (request, reply) => {
      const form = readForm(request, contracts.uploadLogo.config.form, LOGO_LIMITS)
      return reply.code(202).send(await uploadLogo(callerContext(deps, request), request.params.id, form))
    },
  })

  app.route({
    ...contracts.removeLogo,
    handler: async request => removeLogo(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.closeStudio,
    handler: async request => {
      const { params, body } = request
      return closeStudio(callerContext(deps, request), params.id, body.password, browserOf(request))
    },
  })
}

/** Logos. Not below `/api`. A logo's address never names another picture, so that it may be kept. */
export const logoRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.getLogo,
    handler: async (request, reply) => {
      const { id, file } = request.params
      const { body, length } = await openLogo(contextOf(deps, request), id, file)
      reply.header('cache-control', 'public, max-age=31536000, immutable')
      return reply.type('image/png').header('content-length', length).send(body)
    },
  })
}
