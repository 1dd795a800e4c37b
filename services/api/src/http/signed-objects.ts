import { signedObject } from '@pix/contracts/operations.ts'
import { openSignedObject } from '@pix/platform/signed-object.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'

/** What S3's presigned addresses are for the folder driver: `GET /objects/<bucket>/<key>?…&signature=…`, with ranges. */
export const signedObjectRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { storage, settings, now } = deps
  const signingKey = settings.STORAGE_SIGNING_KEY
  if (storage.driver !== 'fs' || signingKey === undefined) return
  const signer = { publicUrl: settings.STORAGE_PUBLIC_URL, signingKey, now }

  app.route({
    ...signedObject,
    handler: async (request, reply) => {
      const { range, 'if-range': ifRange } = request.headers
      const object = await openSignedObject(storage, signer, request.url, range, ifRange as string | undefined)
      if (object.status === 416) return reply.code(416).headers(object.headers).send()
      // A forged, an expired and a missing one look the same.
      if (!object.body) throw new Problem('not_found')
      return reply.code(object.status).headers(object.headers).send(object.body)
    },
  })
}
