import { retryFailedPhotos as retryFailedContract } from '@pix/contracts/managed-photos.ts'
import { getPhotoMetadata } from '@pix/contracts/photo-facts.ts'
import * as contracts from '@pix/contracts/photos.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext, contextOf } from '../../http/context-of.ts'
import { decidePhoto, decidePhotos } from './decide-photos.ts'
import { findPhoto } from './find-photo.ts'
import { listCrewPhotos } from './list-crew-photos.ts'
import { layOutPhotos, listPhotos } from './list-photos.ts'
import { readMetadata } from './read-metadata.ts'
import { retryFailedPhotos, retryPhoto } from './retry-photo.ts'

export const photoRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listPhotos,
    handler: async request => listPhotos(contextOf(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.getPhotoLayout,
    handler: async request => layOutPhotos(contextOf(deps, request), request.params.id),
  })

  app.route({
    ...contracts.listCrewPhotos,
    handler: async request => listCrewPhotos(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.getPhoto,
    handler: async request => findPhoto(contextOf(deps, request), request.params.id),
  })

  app.route({
    ...getPhotoMetadata,
    handler: async request => readMetadata(contextOf(deps, request), request.params.id),
  })

  app.route({
    ...contracts.approvePhoto,
    handler: async request => decidePhoto(callerContext(deps, request), request.params.id, 'approved'),
  })

  app.route({
    ...contracts.rejectPhoto,
    handler: async request =>
      decidePhoto(callerContext(deps, request), request.params.id, 'rejected', request.body.reason),
  })

  app.route({
    ...contracts.decidePhotos,
    handler: async request => ({ changed: await decidePhotos(callerContext(deps, request), request.body) }),
  })

  app.route({
    ...contracts.retryPhoto,
    handler: async (request, reply) =>
      reply.code(202).send(await retryPhoto(callerContext(deps, request), request.params.id)),
  })

  app.route({
    ...retryFailedContract,
    handler: async (request, reply) => {
      const queued = await retryFailedPhotos(callerContext(deps, request), request.params.id)
      return reply.code(202).send({ queued })
    },
  })
}
