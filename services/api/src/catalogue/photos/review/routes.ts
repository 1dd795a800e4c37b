import * as contracts from '@pix/contracts/photo-review.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { openOriginal } from './open-original.ts'
import { reviewPhotos } from './review-photos.ts'

/** What staff look at to decide about photos. */
export const reviewRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.reviewPhotos,
    handler: async request => reviewPhotos(callerContext(deps, request), request.params.id, request.query.since),
  })

  app.route({
    ...contracts.getPhotoFile,
    handler: async (request, reply) => {
      const { object, mediaType } = await openOriginal(
        callerContext(deps, request),
        request.params.id,
        request.query.save === 'yes',
      )
      return reply
        .type(mediaType)
        .header('cache-control', 'private, no-store')
        .header('cross-origin-resource-policy', 'same-origin')
        .header('content-length', object.length)
        .send(object.body)
    },
  })
}
