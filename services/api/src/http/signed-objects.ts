import { openSignedObject } from '@pix/platform/signed-object.ts'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'

/** What S3's presigned addresses are for the folder driver: `GET /objects/<bucket>/<key>?…&signature=…`, with ranges. */
export const signedObjectRoutes: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  const { storage, settings, now } = deps
  const signingKey = settings.STORAGE_SIGNING_KEY
  if (storage.driver !== 'fs' || signingKey === undefined) return
  const signer = { publicUrl: settings.STORAGE_PUBLIC_URL, signingKey, now }

  app.get('/objects/*', { config: { limit: 'media' } as object, schema: { hide: true } }, async (request, reply) => {
    const { range, 'if-range': ifRange } = request.headers
    const answer = await openSignedObject(storage, signer, request.url, range, ifRange as string | undefined)
    if (answer.status === 416) return reply.code(416).headers(answer.headers).send()
    // A forged, an expired and a missing one look the same.
    if (!answer.body) throw new Problem('not_found')
    return reply.code(answer.status).headers(answer.headers).send(answer.body)
  })
}
