import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { sessionToken } from './cookies.ts'
import { factsOf } from './route-facts.ts'

/**
 * `Cache-Control` of every answer (spec/10). What anybody may read can be kept and is checked by `ETag`. Where there is
 * a visitor, only their own browser may keep it: nobody else sees events that they opened by a code. Everything else,
 * and a public read by somebody signed in, is `no-store`. A handler that has set its own wins.
 */
export function sayWhatMayBeCached(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.hasHeader('cache-control')) return
    const isPublic =
      factsOf(request).access === 'public' &&
      (request.method === 'GET' || request.method === 'HEAD') &&
      request.headers.authorization === undefined &&
      reply.statusCode === 200
    if (!isPublic || typeof payload !== 'string') {
      reply.header('cache-control', 'no-store')
      return
    }
    const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`
    const whose = sessionToken(request) === null ? 'public' : 'private'
    reply.header('cache-control', `${whose}, no-cache`).header('etag', etag).header('vary', 'authorization, cookie')
    if (!isAmong(request.headers['if-none-match'], etag)) return
    reply.code(304).removeHeader('content-type')
    return ''
  })
}

/** `If-None-Match` (RFC 9110 §13.1.2): compared weakly. */
export function isAmong(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header === '*' || header.split(',').some(one => one.trim().replace(/^W\//, '') === etag)
}
