import files from '@fastify/static'
import { API_PATHS, atOrBelow } from '@pix/contracts/no-pages.ts'
import { appManifest, eventPage, homePage, pagesBelowEvent, portfolioPage } from '@pix/contracts/page-data.ts'
import { robotsFile, sitemapFile } from '@pix/contracts/search-engines.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openFilledPages } from './filled-pages.ts'
import { passOn } from './pass-to-api.ts'

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
const OF_THE_API = API_PATHS.map(path => `/${path}`)
/** Files that the api writes for each storefront. */
export const OF_EACH_HOST = [robotsFile, sitemapFile, appManifest].map(({ url }) => url)
/** Pages that the api fills with what they show first. */
const FILLED = [homePage, eventPage, pagesBelowEvent, portfolioPage].map(({ url }) => url)
const YEAR_S = 31_536_000
const HSTS = `max-age=${YEAR_S}; includeSubDomains`
/** A request whose headers have not all come by then is none. */
const HEADERS_MS = 15_000
/** Folders whose files have a hash of their content in their path. */
const LASTING = ['assets/', 'models/']

/** spec/80; the api sends the same by itself. Vue writes style attributes, the face models compile WebAssembly. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; worker-src 'self' blob:; manifest-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
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
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    trustProxy: false,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: HEADERS_MS / 3 },
  })
  const headers = https ? { ...HEADERS, 'strict-transport-security': HSTS } : HEADERS
  mkdirSync(demo, { recursive: true })
  refuseStrangePaths(app)
  for (const prefix of OF_THE_API) await passOn(app, prefix, api)
  for (const file of OF_EACH_HOST) await passOn(app, file, api, ['GET', 'HEAD'])
  if (s3) await passOn(app, `/${MAIN_BUCKET}`, s3, ['GET', 'HEAD'])
  await app.register(files, { root: demo, prefix: '/demo/', cacheControl: false })
  await serveBuild(app, dist, headers)

  const plain = (reply: FastifyReply) =>
    reply.headers({ ...headers, 'cache-control': 'no-cache' }).sendFile('index.html', dist)
  const fill = openFilledPages(api)
  for (const path of FILLED)
    app.get(path, async (request, reply) => ((await fill(request, reply)) ? reply : plain(reply)))
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = isRead(request) && !/\.\w+$/.test(new URL(request.url, 'http://web').pathname)
    if (!isPage) return reply.code(404).type('text/plain').send('not found')
    // The api fills none of these, but moves those that were opened at another host of the marketplace.
    if (await fill(request, reply)) return reply
    if (IS_NOT_LISTED.test(request.url)) reply.header('x-robots-tag', 'noindex')
    return plain(reply)
  })
  await app.listen({ host, port })
  return () => app.close()
}

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD'

/** Pages for one person, which no search engine lists; galleries and results get the header from the api. */
export const NOT_LISTED = [
  'cart',
  'checkout',
  'login',
  'photographer',
  'organizer',
  'admin',
  'account',
  'setup',
  'register',
  'verify-email',
  'forgot-password',
  'reset-password',
  'unlock',
  'keep-two-factor',
  'invitation',
  'alerts',
  'gift',
  'orders',
  'takedown',
  'hide-me',
  'my-photos',
  'favourites',
  'privacy/me',
]
const IS_NOT_LISTED = atOrBelow(NOT_LISTED)

/** Files that begin with a dot are nobody's, and nothing but the api and the objects is ever written to. */
function refuseStrangePaths(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request)
    const isOurs = OF_THE_API.some(prefix => path === prefix || path?.startsWith(`${prefix}/`))
    if (isOurs || (path !== null && !/\/\./.test(path) && isRead(request))) return
    return reply.code(404).header('connection', 'close').type('text/plain').send('not found')
  })
}

/** Null for what cannot be decoded. */
function pathOf({ url }: FastifyRequest): string | null {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '')
  } catch {
    return null
  }
}

async function serveBuild(app: FastifyInstance, dist: string, headers: Record<string, string>): Promise<void> {
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
}
