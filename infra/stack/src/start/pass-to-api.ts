import proxy from '@fastify/http-proxy'
import { PROBLEMS } from '@pix/contracts/problem-codes.ts'
import type { FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'

/** Headers of one connection, never passed on (RFC 9110 §7.6.1). */
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']
/** A connection for every request: open event streams and slow uploads must not make others wait for a free one. */
const CONNECTIONS = 100_000

/** Streams a path to the server behind it. The host stays as the browser named it: signed addresses are signed for it. */
export async function passOn(
  app: FastifyInstance,
  prefix: string,
  upstream: string,
  httpMethods?: string[],
): Promise<void> {
  await app.register(proxy, {
    upstream,
    prefix,
    rewritePrefix: prefix,
    ...(httpMethods ? { httpMethods } : {}),
    // Event streams stay open and slow phones upload slowly: nothing is cut off here.
    undici: { bodyTimeout: 0, headersTimeout: 0, connections: CONNECTIONS },
    replyOptions: {
      rewriteRequestHeaders: (request, headers) => {
        // Node has answered 100 Continue; undici would refuse the header.
        const { expect: _, ...passed } = headers
        return {
          ...passed,
          host: request.headers.host ?? '',
          'x-forwarded-for': request.socket.remoteAddress ?? '',
          'x-forwarded-proto': 'http',
        }
      },
      rewriteHeaders: headers => withoutConnection(headers),
      onError: (reply, { error }) => {
        reply.request.log.warn({ err: error }, 'not answered')
        const problem = unavailable(reply.request.url)
        return void reply
          .code(problem.status)
          .headers({ 'cache-control': 'no-store', 'retry-after': '2' })
          .type('application/problem+json')
          .serializer((body: unknown) => JSON.stringify(body))
          .send(problem as never)
      },
    },
  })
}

/** An answer's headers less those that were between it and us. */
export const withoutConnection = <T>(headers: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name)))

/** What the api would say of itself if it could (RFC 9457). */
function unavailable(url: string) {
  const [status, title] = PROBLEMS.unavailable
  const type = '/api/docs#problem-unavailable'
  return { type, title, status, instance: url.split('?')[0], code: 'unavailable', requestId: randomUUID() }
}
