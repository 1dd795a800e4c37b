import * as contracts from '@pix/contracts/managed-photos.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../base/deps.ts'
import { callerContext } from '../../http/context-of.ts'
import { deletePhotos } from './delete-photos.ts'
import { listManagedPhotos } from './list-photos.ts'
import { movePhotos } from './move-photos.ts'

/** The photos of an event for its managers, also long after they were approved. */
export const managedPhotoRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.route({
    ...contracts.listManagedPhotos,
    handler: async request => listManagedPhotos(callerContext(deps, request), request.params.id, request.query),
  })

  app.route({
    ...contracts.deletePhotos,
    handler: async request => deletePhotos(callerContext(deps, request), request.body.photoIds),
  })

  app.route({
    ...contracts.movePhotos,
    handler: async request => movePhotos(callerContext(deps, request), request.body),
  })
}
