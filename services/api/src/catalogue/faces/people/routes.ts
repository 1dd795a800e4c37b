import * as contracts from '@pix/contracts/people.ts'
import { getPhotoFaces } from '@pix/contracts/photo-facts.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { isId } from '../../../base/cursor.ts'
import type { Deps } from '../../../base/deps.ts'
import { callerContext } from '../../../http/context-of.ts'
import { notFound } from '../../../base/problem.ts'
import { listPhotoFaces } from '../list-photo-faces.ts'
import { askGrouping } from './ask-grouping.ts'
import { cutFace } from './cut-face.ts'
import { listPeople } from './list-people.ts'
import { listPersonPhotos } from './list-person-photos.ts'

export const peopleRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.groupPeople,
    handler: async (request, reply) =>
      reply.code(202).send(await askGrouping(callerContext(deps, request), request.body.eventId)),
  })

  app.route({
    ...contracts.listPeople,
    handler: async request => listPeople(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...getPhotoFaces,
    handler: async request => listPhotoFaces(callerContext(deps, request), request.params.id),
  })

  app.route({
    ...contracts.listPersonPhotos,
    handler: async request => {
      const { params, query } = request
      return listPersonPhotos(callerContext(deps, request), params.id, params.person, query)
    },
  })
}

/** Pictures of faces. Not below `/api`. */
export const faceMediaRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.getFace,
    handler: async (request, reply) => {
      const { eventId, file } = request.params
      const faceId = file.slice(0, -'.jpg'.length)
      if (!isId(faceId)) throw notFound()
      const face = await cutFace(callerContext(deps, request), eventId, faceId)
      return reply.header('cache-control', 'private, no-store').type('image/jpeg').send(face)
    },
  })
}
