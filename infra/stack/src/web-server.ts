import proxy from '@fastify/http-proxy'
import files from '@fastify/static'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import fastify, { type FastifyInstance } from 'fastify'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

export interface WebServerOptions {
  host: string
  port: number
  /** Origin of the api. */
  api: string
  /** Origin of the S3 server, where there is one: its signed addresses are under our own origin too (spec/70, the edge). */
  s3?: string | undefined
  /** The production build. */
  dist: string
  /** Pictures made on this machine (demo selfies), served under `/demo/`. */
  demo: string
  /** People come by https. */
  https?: boolean
}

/** Paths that the api answers; everything else is the web. */
const OF_THE_API = ['/api', '/media', '/objects', '/healthz', '/readyz']
const YEAR_S = 31_536_000
const HSTS = `max-age=${YEAR_S}; includeSubDomains`
/** Folders whose files have a hash of their content in their path. */
const LASTING = ['assets/', 'models/']

/** spec/80; the api sends the same by itself. Vue writes style attributes, the face models compile WebAssembly. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/**
 * What nginx does in production, for one machine: the build with its single-page fallback, and the api behind the same
 * origin, streamed both ways. @returns stops it
 */
export async function serveWeb({
  host,
  port,
  api,
  s3,
  dist,
  demo,
  https,
}: WebServerOptions): Promise<() => Promise<void>> {
  const app = fastify({ logger: false, forceCloseConnections: true, trustProxy: false })
  const headers = https ? { ...HEADERS, 'strict-transport-security': HSTS } : HEADERS
  mkdirSync(demo, { recursive: true })
  for (const prefix of OF_THE_API) await passOn(app, prefix, api)
  if (s3) await passOn(app, `/${MAIN_BUCKET}`, s3, ['GET', 'HEAD'])
  await app.register(files, { root: demo, prefix: '/demo/', cacheControl: false })
  await app.register(files, {
    root: dist,
    decorateReply: false,
    wildcard: true,
    cacheControl: false,
    // The build has put `.br` beside its files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      const lasting = LASTING.some(folder => path.startsWith(join(dist, folder)))
      reply.header('cache-control', lasting ? `public, max-age=${YEAR_S}, immutable` : 'no-cache')
      for (const [name, value] of Object.entries(headers)) reply.header(name, value)
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/\.\w+$/.test(new URL(request.url, 'http://web').pathname)
    if (!isPage) return reply.code(404).type('text/plain').send('not found')
    return reply.headers({ ...headers, 'cache-control': 'no-cache' }).sendFile('index.html', dist)
  })
  await app.listen({ host, port })
  return () => app.close()
}

/** Streams a path to the server behind it. The host stays as the browser named it: signed addresses are signed for it. */
async function passOn(app: FastifyInstance, prefix: string, upstream: string, httpMethods?: string[]): Promise<void> {
  await app.register(proxy, {
    upstream,
    prefix,
    rewritePrefix: prefix,
    ...(httpMethods ? { httpMethods } : {}),
    // Event streams stay open and slow phones upload slowly: nothing is cut off here.
    undici: { bodyTimeout: 0, headersTimeout: 0, connections: 256 },
    replyOptions: {
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        host: request.headers.host ?? '',
        'x-forwarded-for': request.socket.remoteAddress ?? '',
        'x-forwarded-proto': 'http',
      }),
    },
  })
}
