import { clientsClaim } from 'workbox-core'
import type { RouteHandlerCallbackOptions } from 'workbox-core/types.js'
import { ExpirationPlugin } from 'workbox-expiration'
import { addRoute, cleanupOutdatedCaches, matchPrecache, precache, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { inTime } from './in-time.ts'
import { findAnswer, findKept, keepPage } from './kept-pages.ts'
import { type AnsweredFromKept, KEPT_AT, type KeepPage, type WhichBuild } from './talk.ts'
import {
  buildOf,
  eventOfRead,
  fillShell,
  isAnsweredByKept,
  NO_PAGE,
  NO_PAGE_BELOW,
  pathOfKept,
} from './what-is-kept.ts'

declare const self: ServiceWorkerGlobalScope & { SHELL_FILES: (PrecacheEntry | string)[] }

/** A line that has brought nothing by then counts as none. */
const LINE_MS = 4_000
const SHELL = '/index.html'
/** Reads that go by the worker; everything else of the api goes past it, downloads and uploads too. */
const BY_THE_WORKER = [
  '/api/events',
  '/api/events/:id',
  '/api/events/:id/packages',
  '/api/events/:id/photos',
  '/api/packages',
]
const PAST_THE_WORKER = NO_PAGE_BELOW.map(path => `/${path}/*`)

/** https://w3c.github.io/ServiceWorker/#dom-installevent-addroutes; TypeScript does not have it yet. */
interface RouterEvent extends ExtendableEvent {
  addRoutes: (rules: { condition: { urlPattern: string }; source: 'network' | 'fetch-event' }[]) => Promise<void>
}
const hasRouter = 'InstallEvent' in self && 'addRoutes' in (self.InstallEvent as { prototype: object }).prototype

const rule = (path: string, source: 'network' | 'fetch-event') => ({
  condition: { urlPattern: new URL(path, location.origin).href },
  source,
})

// What goes past the worker does not wait for it to start.
if (hasRouter)
  self.addEventListener('install', event => {
    const rules = [
      ...BY_THE_WORKER.map(path => rule(path, 'fetch-event')),
      ...PAST_THE_WORKER.map(path => rule(path, 'network')),
    ]
    event.waitUntil((event as RouterEvent).addRoutes(rules))
  })
// A page is asked for while the worker starts. Without the router a download would be asked for twice.
self.addEventListener('activate', event => {
  if (hasRouter) event.waitUntil(self.registration.navigationPreload.enable())
})
self.addEventListener('message', event => {
  const message = event.data as KeepPage | WhichBuild | { type: 'SKIP_WAITING' }
  if (message.type === 'SKIP_WAITING') void self.skipWaiting()
  else if (message.type === 'keep') event.waitUntil(keepQuietly(new URL(message.path, location.origin)))
  else if (message.type === 'build') event.waitUntil(ownBuild().then(build => event.ports[0]?.postMessage(build)))
})

precache(self.SHELL_FILES)
cleanupOutdatedCaches()
clientsClaim()

registerRoute(new NavigationRoute(showPage, { denylist: NO_PAGE }))
addRoute({ directoryIndex: '', cleanURLs: false })
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  new CacheFirst({
    cacheName: 'assets',
    plugins: [new ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: 30 * 86_400, purgeOnQuotaError: true })],
  }),
)
registerRoute(({ url, sameOrigin }) => sameOrigin && isAnsweredByKept(url), readThrough)

/** A page: from the network, else the plain page with what this device kept of the address. */
async function showPage({ request, url, event }: RouteHandlerCallbackOptions): Promise<Response> {
  const { preloadResponse } = event as FetchEvent
  const fetched = Promise.resolve(preloadResponse as Promise<Response | undefined> | undefined).then(
    early => early ?? fetch(request),
  )
  event.waitUntil(fetched.then(() => keepQuietly(url)).catch(() => undefined))
  return (await inTime(fetched, LINE_MS)) ?? (await shellFor(url)) ?? fetched
}

async function shellFor(url: URL): Promise<Response | undefined> {
  const shell = await matchPrecache(SHELL)
  if (!shell) return undefined
  const kept = await findKept(pathOfKept(url))
  const headers = new Headers(shell.headers)
  for (const name of ['content-encoding', 'content-length', 'etag']) headers.delete(name)
  return new Response(fillShell(await shell.text(), kept, KEPT_AT), { headers })
}

/** A read that a kept page can answer: from the network, else from that page, and the page that asked is informed. */
async function readThrough({ request, url, event }: RouteHandlerCallbackOptions): Promise<Response> {
  const fetched = fetch(request)
  const name = eventOfRead(url)
  if (name !== null && !request.headers.has('authorization'))
    event.waitUntil(
      fetched.then(({ ok }) => (ok ? keepQuietly(new URL(`/events/${name}`, url)) : undefined)).catch(() => undefined),
    )
  const answer = await inTime(fetched, LINE_MS)
  if (answer) return answer
  const kept = await findAnswer(url)
  if (!kept) return fetched
  const client = await self.clients.get((event as FetchEvent).clientId)
  client?.postMessage({ type: 'kept', at: kept.at } satisfies AnsweredFromKept, {})
  return Response.json(kept.body)
}

/** A page that cannot be kept now is kept another time. */
const keepQuietly = (url: URL): Promise<void> => keepPage(url).catch(() => undefined)

async function ownBuild(): Promise<string | null> {
  const shell = await matchPrecache(SHELL)
  return shell ? buildOf(await shell.text()) : null
}
