import * as contracts from '@pix/contracts/cameras.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../../base/deps.ts'
import { callerContext, contextOf } from '../../../../http/context-of.ts'
import { searchPriorityIn } from '../../../../http/search-priority.ts'
import { checkHookSecret } from './check-hook-secret.ts'
import { endCameraLogin, makeCameraLogin } from './make-login.ts'
import { readCameras } from './read-cameras.ts'
import { signInCamera } from './sign-in-camera.ts'
import { takeAnnounced } from './take-announced.ts'

/** Logins for cameras, and what SFTPGo asks and says about them (docs/decisions/0086). */
export const cameraRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.readCameras,
    handler: async request => readCameras(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.makeCameraLogin,
    handler: async (request, reply) =>
      reply.code(201).send(await makeCameraLogin(callerContext(deps, request), request.params.id)),
  })

  app.route({
    ...contracts.endCameraLogin,
    handler: async (request, reply) => {
      await endCameraLogin(callerContext(deps, request), request.params.id, request.params.login)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...contracts.signInCamera,
    handler: async request => {
      const ctx = contextOf(deps, request)
      checkHookSecret(ctx, request.headers['x-hook-secret'])
      return signInCamera(ctx, request.body)
    },
  })

  app.route({
    ...contracts.takeCameraFile,
    handler: async request => {
      const ctx = contextOf(deps, request)
      checkHookSecret(ctx, request.headers['x-hook-secret'])
      const taken = await takeAnnounced(ctx, request.body, searchPriorityIn(request).pauses())
      return { taken }
    },
  })
}
