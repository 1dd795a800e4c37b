import { getPicture } from '@pix/contracts/photos.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../base/deps.ts'
import { isAmong } from '../../../http/caching.ts'
import { contextOf } from '../../../http/context-of.ts'
import { sessionToken } from '../../../http/cookies.ts'
import { notFound } from '../../../base/problem.ts'
import { isId } from '../../../base/cursor.ts'
import { openPicture } from './open-picture.ts'

/**
 * A photo may leave the sale: a browser that has shown it asks again after this long. Caches that many share ask every
 * time, so that a photo taken down is gone there at once.
 */
const KEPT_SECONDS = 300

/** Pictures. Not below `/api`. */
export const mediaRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...getPicture,
    handler: async (request, reply) => {
      const { eventId, size, file } = request.params
      const photoId = file.slice(0, -'.jpg'.length)
      if (!isId(photoId)) throw notFound()
      const known = request.headers['if-none-match']
      const hasEtag = known === undefined ? null : (etag: string) => isAmong(known, `"${etag}"`)
      const asked = { eventId, photoId, size, sessionToken: sessionToken(request), hasEtag }
      const picture = await openPicture(contextOf(deps, request), asked)

      reply
        .header('etag', `"${picture.facts.etag}"`)
        .header('cache-control', picture.isPublic ? `public, max-age=${KEPT_SECONDS}, s-maxage=0` : 'private, no-store')
        .header('cross-origin-resource-policy', 'same-origin')
      if (picture.isPublic) reply.header('vary', 'authorization')
      // The answer has no bytes of its own: a length without bytes behind it breaks the proxy before us.
      if (!picture.object)
        return reply
          .code(304)
          .serializer(() => '')
          .send(null)
      return reply.type('image/jpeg').header('content-length', picture.object.length).send(picture.object.body)
    },
  })
}
