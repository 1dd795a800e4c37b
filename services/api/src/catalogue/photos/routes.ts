import * as contracts from '@pix/contracts/photos.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerOf, signedIn } from '../../http/access.ts'
import { contextOf } from '../../http/context-of.ts'
import { decidePhoto, decidePhotos } from './decide-photos.ts'
import { findPhoto } from './find-photo.ts'
import { listCrewPhotos } from './list-crew-photos.ts'
import { layOutPhotos, listPhotos } from './list-photos.ts'
import { retryPhoto } from './retry-photo.ts'

export const photoRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listPhotos,
    handler: async request => listPhotos(deps, request.params.id, request.query, callerOf(request)),
  })

  app.route({
    ...contracts.getPhotoLayout,
    handler: async request => layOutPhotos(deps, request.params.id, callerOf(request)),
  })

  app.route({
    ...contracts.listCrewPhotos,
    handler: async request => listCrewPhotos(deps, request.params.id, request.query, signedIn(request)),
  })

  app.route({
    ...contracts.getPhoto,
    handler: async request => findPhoto(deps, request.params.id, callerOf(request)),
  })

  app.route({
    ...contracts.approvePhoto,
    handler: async request => decidePhoto(deps, request.params.id, 'approved', undefined, signedIn(request)),
  })

  app.route({
    ...contracts.rejectPhoto,
    handler: async request => decidePhoto(deps, request.params.id, 'rejected', request.body.reason, signedIn(request)),
  })

  app.route({
    ...contracts.decidePhotos,
    handler: async request => ({ changed: await decidePhotos(deps, request.body, signedIn(request)) }),
  })

  app.route({
    ...contracts.retryPhoto,
    handler: async (request, reply) =>
      reply.code(202).send(await retryPhoto(contextOf(deps, request), request.params.id, signedIn(request))),
  })
}
